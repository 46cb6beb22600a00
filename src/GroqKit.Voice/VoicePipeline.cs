using System.Security.Cryptography;
using GroqKit.Voice.Hearing;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice;

/// <summary>
/// Holds spoken turns: what the caller said becomes words, the words an answer, the answer sound, each while the one before it still goes on.
/// Immutable; safe for all threads: any number of turns may run at once.
/// </summary>
public sealed class VoicePipeline
{
    private readonly VoiceClients _clients;
    private readonly VoiceOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes a pipeline.</summary>
    /// <param name="clients">Who hears, answers and speaks; they stay their owner's.</param>
    /// <param name="options">How turns are held. Null: the defaults.</param>
    /// <param name="timeProvider">The clock. Null: the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or there is no language model.</exception>
    public VoicePipeline(VoiceClients clients, VoiceOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(clients);
        if (clients.Chat is null)
            throw new ArgumentException($"{nameof(VoiceClients.Chat)} is null.", nameof(clients));
        _options = options ?? new VoiceOptions();
        if (_options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        _clients = clients;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Has a recording heard, without an answer.</summary>
    /// <param name="input">The sound.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What was heard, and the calls that were made for it.</returns>
    /// <exception cref="VoiceException">The sound is wrong, nobody spoke, or nobody could hear it.</exception>
    /// <exception cref="ArgumentException">There is no sound, or no client for speech to text.</exception>
    public async Task<(TranscriptDone Transcript, VoiceUsage Usage)> HearAsync(
        VoiceInput input,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Audio is null || _clients.SpeechToText is null)
            throw new ArgumentException("There is no sound, or nobody to hear it.", nameof(input));
        var events = new EventQueue("", _options, _time);
        var log = new TurnLog(events);
        var hearer = new Hearer(_clients, _options, events, log, new TurnClock(events, new HeardAnswer()), _time);
        await hearer.HearAsync(input, cancellationToken).ConfigureAwait(false);
        events.Complete();
        TranscriptDone? heard = null;
        await foreach (VoiceEvent happened in events.ReadAllAsync().ConfigureAwait(false))
            heard = happened as TranscriptDone ?? heard;
        return (heard!, log.Usage);
    }

    /// <summary>Starts a turn. It runs by itself; read its events, and dispose of it.</summary>
    /// <param name="input">What the caller says.</param>
    /// <param name="history">What was said before, with the system's message; not changed.</param>
    /// <param name="turnId">A name for the turn. Null: a new one.</param>
    /// <param name="cancellationToken">Ends the turn, as <see cref="VoiceTurn.DisposeAsync"/> does.</param>
    /// <exception cref="ArgumentException">There is sound, but no client for speech to text.</exception>
    public VoiceTurn Start(
        VoiceInput input,
        IEnumerable<ChatMessage>? history = null,
        string? turnId = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Audio is not null && _clients.SpeechToText is null)
            throw new ArgumentException(
                "There is sound, but nobody to hear it: no client for speech to text.",
                nameof(input)
            );
        string id = turnId ?? "turn_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        return new VoiceTurn(id, input, [.. history ?? []], _clients, _options, _time, cancellationToken);
    }
}
