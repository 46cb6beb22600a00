using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>The answers of a session: one at a time, ended when the caller speaks or says so.</summary>
internal sealed class RealtimeAnswers(
    RealtimeOptions options,
    RealtimeConversation conversation,
    RealtimeHearing hearing,
    RealtimeOut output,
    TimeProvider time
) : IDisposable
{
    /// <summary>Why answers end when a caller says so, or leaves.</summary>
    public const string ClientCancelled = "client_cancelled";

    /// <summary>Why answers end when a caller speaks.</summary>
    public const string TurnDetected = "turn_detected";

    // What a request for an answer has besides settings.
    private static readonly string[] OwnMembers = ["conversation", "input", "metadata", "prompt"];

    private Task _answering = Task.CompletedTask;
    private CancellationTokenSource _ending = new();
    private volatile string _endReason = ClientCancelled;

    public void Dispose() => _ending.Dispose();

    public async Task BeginAsync(RealtimeSettings session, JsonObject? asked, CancellationToken cancellationToken)
    {
        if (!_answering.IsCompleted)
            throw new RealtimeException("conversation_already_has_active_response", "An answer still goes on.");
        RealtimeSettings settings = asked is null ? session : session.With(Changes(asked));
        bool isKept = Members.Text(asked?["conversation"], "response.conversation") is not "none";
        List<ChatMessage>? input = Members.Array(asked?["input"], "response.input") is { } items
            ?
            [
                .. items
                    .Select((item, i) => RealtimeConversation.Read(item, $"response.input[{i}]").ToMessage())
                    .OfType<ChatMessage>(),
            ]
            : null;
        await options.Admit(cancellationToken).ConfigureAwait(false);
        _ending.Dispose();
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _answering = RunAsync(settings, isKept, input, asked?["metadata"], _ending.Token, cancellationToken);
    }

    private async Task RunAsync(
        RealtimeSettings settings,
        bool isKept,
        List<ChatMessage>? input,
        JsonNode? metadata,
        CancellationToken ending,
        CancellationToken session
    )
    {
        await Task.Yield();
        // What the caller said last has to be known before it can be answered. Where the caller ends the wait, it is told so below.
        await hearing.Heard.WaitAsync(ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        List<ChatMessage> messages = input ?? conversation.ToMessages();
        if (settings.Instructions is { Length: > 0 } instructions)
            messages.Insert(0, new ChatMessage(ChatRole.System, instructions));
        VoiceTurn turn = options.PipelineFor(settings, time).Start(VoiceInput.FromHistory(), messages, null, ending);
        await using (turn.ConfigureAwait(false))
        {
            var answer = new RealtimeAnswer(output, conversation, settings, turn, isKept, metadata);
            // The caller is told of an answer that was ended, too.
            VoiceOutcome outcome = await answer.RunAsync(() => _endReason, session).ConfigureAwait(false);
            await options.Ended(turn.Usage, turn.Timings, outcome).ConfigureAwait(false);
        }
    }

    private static JsonObject Changes(JsonObject asked)
    {
        var changes = (JsonObject)asked.DeepClone();
        foreach (string own in OwnMembers)
            changes.Remove(own);
        return changes;
    }

    public async Task CancelAsync()
    {
        if (_answering.IsCompleted)
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
