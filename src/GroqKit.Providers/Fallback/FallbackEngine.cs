using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Providers.Health;

namespace GroqKit.Providers.Fallback;

/// <summary>
/// Makes clients over chains of providers. Keeps the health of every model behind every key, which all chains share: make one for a process.
/// Safe for all threads.
/// </summary>
public sealed class FallbackEngine
{
    private readonly FallbackRunner _runner;

    /// <summary>Makes an engine.</summary>
    /// <param name="options">When providers are passed over. Null: the defaults.</param>
    /// <param name="timeProvider">The clock. Null: the system's.</param>
    /// <param name="randomness">Numbers from 0 (inclusive) to 1 (exclusive), safe for all threads. Null: the system's generator.</param>
    public FallbackEngine(
        LaneOptions? options = null,
        TimeProvider? timeProvider = null,
        Func<double>? randomness = null
    )
    {
        TimeProvider time = timeProvider ?? TimeProvider.System;
        Lanes = new LaneBoard(options ?? new LaneOptions(), time);
        var planner = new FallbackPlanner(Lanes, randomness ?? SystemRandomness);
        _runner = new FallbackRunner(planner, time);
    }

    internal LaneBoard Lanes { get; }

    /// <summary>Chat over a chain.</summary>
    /// <param name="chain">Who is asked, in this order; at least one.</param>
    /// <param name="options">Deadlines and what happens on a break. Null: the defaults.</param>
    /// <exception cref="ArgumentException">The chain is empty, a provider of it has no chat, or an option is out of its range.</exception>
    public FallbackChatClient CreateChatClient(IReadOnlyList<FallbackTarget> chain, FallbackOptions? options = null) =>
        new(_runner, Check(chain, ProviderService.Llm), Check(options));

    /// <summary>Speech to text over a chain.</summary>
    /// <inheritdoc cref="CreateChatClient"/>
    [Experimental("MEAI001")]
    public Speech.FallbackSpeechToTextClient CreateSpeechToTextClient(
        IReadOnlyList<FallbackTarget> chain,
        FallbackOptions? options = null
    ) => new(_runner, Check(chain, ProviderService.SpeechToText), Check(options));

    /// <summary>Text to speech over a chain.</summary>
    /// <inheritdoc cref="CreateChatClient"/>
    [Experimental("MEAI001")]
    public Speech.FallbackTextToSpeechClient CreateTextToSpeechClient(
        IReadOnlyList<FallbackTarget> chain,
        FallbackOptions? options = null
    ) => new(_runner, Check(chain, ProviderService.TextToSpeech), Check(options));

    private static double SystemRandomness() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    private static FallbackTarget[] Check(IReadOnlyList<FallbackTarget> chain, ProviderService service)
    {
        ArgumentNullException.ThrowIfNull(chain);
        if (chain.Count == 0)
            throw new ArgumentException("The chain is empty.", nameof(chain));
        for (int index = 0; index < chain.Count; index++)
        {
            if (!chain[index].Provider.Services.Contains(service))
            {
                throw new ArgumentException(
                    $"[{index}]: {chain[index].Provider.Name} does not have the service {service.ToName()}.",
                    nameof(chain)
                );
            }
        }
        return [.. chain];
    }

    private static FallbackOptions Check(FallbackOptions? options)
    {
        if (options?.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        return options ?? new FallbackOptions();
    }
}
