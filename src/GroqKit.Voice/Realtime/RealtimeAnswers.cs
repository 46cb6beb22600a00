using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>The answers of a session: one at a time, ended when the caller speaks or says so.</summary>
/// <param name="options">How they are made.</param>
/// <param name="conversation">What they are about.</param>
/// <param name="hearing">What has to be heard first.</param>
/// <param name="output">Tells of them.</param>
/// <param name="time">The clock.</param>
/// <param name="ended">Told when one has ended, and how long it can still be heard.</param>
internal sealed class RealtimeAnswers(
    RealtimeOptions options,
    RealtimeConversation conversation,
    RealtimeHearing hearing,
    RealtimeOut output,
    TimeProvider time,
    Action<TimeSpan> ended
) : IDisposable
{
    /// <summary>Why answers end when a caller says so, or leaves.</summary>
    public const string ClientCancelled = "client_cancelled";

    /// <summary>Why answers end when a caller speaks.</summary>
    public const string TurnDetected = "turn_detected";

    private const int MostMetadata = 16;

    private Task _answering = Task.CompletedTask;
    private CancellationTokenSource _ending = new();
    private volatile RealtimeAnswer? _last;
    private volatile string _endReason = ClientCancelled;

    /// <summary>Whether an answer is made, as the caller knows it: one whose end was told is over, though something may be left to do.</summary>
    public bool IsGoingOn => !_answering.IsCompleted && _last is not { IsDone: true };

    /// <summary>Completes when the last answer so far has ended, and its account was given.</summary>
    public Task Made => _answering;

    /// <summary>Whether an answer is made, or can still be heard.</summary>
    public bool IsHeard => IsGoingOn || _last?.Remaining > TimeSpan.Zero;

    public void Dispose() => _ending.Dispose();

    /// <param name="session">The settings of the moment.</param>
    /// <param name="asked">What is otherwise for this answer; null for nothing.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <param name="note">What the system is told last, for this answer; null for nothing.</param>
    /// <exception cref="RealtimeException">There is one that goes on, or a member is wrong.</exception>
    public async Task BeginAsync(
        RealtimeSettings session,
        JsonObject? asked,
        CancellationToken cancellationToken,
        string? note = null
    )
    {
        if (IsGoingOn)
            throw new RealtimeException("conversation_already_has_active_response", "An answer still goes on.");
        RealtimeSettings settings = asked is null ? session : session.ForAnswer(asked);
        bool isKept = IsKept(asked?["conversation"]);
        CheckMetadata(asked?["metadata"]);
        List<ChatMessage>? input = Members.Array(asked?["input"], "response.input") is { } items
            ? RealtimeHistory.Of([.. items.Select((item, i) => conversation.Find(item, $"response.input[{i}]"))])
            : null;
        await options.Admit(cancellationToken).ConfigureAwait(false);
        await _answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _last = new RealtimeAnswer(output, isKept ? conversation : null, settings, asked?["metadata"], time);
        _answering = RunAsync(_last, settings, input, note, _ending.Token, cancellationToken);
    }

    private async Task RunAsync(
        RealtimeAnswer answer,
        RealtimeSettings settings,
        List<ChatMessage>? input,
        string? note,
        CancellationToken ending,
        CancellationToken session
    )
    {
        await Task.Yield();
        try
        {
            await MakeAsync(answer, settings, input, note, ending, session).ConfigureAwait(false);
        }
        // A caller who is told nothing waits for ever.
        catch (Exception fault) when (!session.IsCancellationRequested && !output.IsBroken)
        {
            var told = RealtimeFault.Of(fault, "The answer failed", options.Faulted);
            await answer.FailAsync(told, session).ConfigureAwait(false);
        }
        ended(answer.Remaining);
    }

    private async Task MakeAsync(
        RealtimeAnswer answer,
        RealtimeSettings settings,
        List<ChatMessage>? input,
        string? note,
        CancellationToken ending,
        CancellationToken session
    )
    {
        // What the caller said last has to be known before it can be answered. Where the caller ends the wait, it is told so below.
        await hearing.Heard.WaitAsync(ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        List<ChatMessage> messages = input ?? conversation.ToMessages();
        if (settings.Instructions is { Length: > 0 } instructions)
            messages.Insert(0, new ChatMessage(ChatRole.System, instructions));
        if (messages.Count == 0 && !ending.IsCancellationRequested)
            throw new RealtimeException("conversation_empty", "There is nothing to answer yet.");
        if (note is not null)
            messages.Add(new ChatMessage(ChatRole.System, note));
        VoiceTurn turn = options.PipelineFor(settings, time).Start(VoiceInput.FromHistory(), messages, null, ending);
        await using (turn.ConfigureAwait(false))
        {
            var outcome = VoiceOutcome.Interrupted;
            try
            {
                // The caller is told of an answer that was ended, too.
                outcome = await answer.RunAsync(turn, () => _endReason, session).ConfigureAwait(false);
            }
            finally
            {
                // What was used for a caller who left counts as well.
                await turn.InterruptAsync().ConfigureAwait(false);
                await options.Ended(turn.Usage, turn.Timings, outcome).ConfigureAwait(false);
            }
        }
    }

    private static bool IsKept(JsonNode? conversation) =>
        Members.Text(conversation, "response.conversation") switch
        {
            null or "auto" or RealtimeConversation.Name => true,
            "none" => false,
            _ => throw RealtimeException.Wrong("response.conversation", "must be auto or none."),
        };

    private static void CheckMetadata(JsonNode? metadata)
    {
        JsonObject given = Members.Object(metadata, "response.metadata") ?? [];
        if (given.Count > MostMetadata)
            throw RealtimeException.Wrong("response.metadata", $"has more than {MostMetadata} members.");
        foreach ((string name, JsonNode? value) in given)
            _ = Members.Text(value, "response.metadata." + name);
    }

    public async Task CancelAsync()
    {
        if (!IsGoingOn)
            throw new RealtimeException("response_cancel_not_active", "There is no answer that goes on.");
        await EndAsync(ClientCancelled).ConfigureAwait(false);
    }

    public async Task EndAsync(string reason)
    {
        if (_answering.IsCompleted)
            return;
        _endReason = reason;
        await _ending.CancelAsync().ConfigureAwait(false);
        await _answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
