using System.Text;
using System.Threading.Channels;
using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Voice.Writing;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Answering;

/// <summary>Has the model answer, calls the tools that it asks for, and cuts what it writes into the pieces that are spoken.</summary>
internal sealed class Answerer(
    VoiceClients clients,
    VoiceOptions options,
    EventQueue events,
    TurnLog log,
    TurnClock clock,
    TimeProvider time
)
{
    private readonly Lock _gate = new();
    private readonly List<ChatMessage> _steps = [];
    private readonly StringBuilder _text = new();
    private readonly PieceCutter _cutter = new(
        options.MinPieceCharacters,
        options.MaxPieceCharacters,
        CodePhrases.For(clients.HearingOptions?.SpeechLanguage)
    );

    private readonly ToolRunner _tools = new(
        clients.AnswerOptions?.Tools,
        options.ToolResultTimeout is { } patience ? new AwaitedResults(patience, time) : null,
        events,
        time
    );

    public bool AnswerTool(string callId, string result) => _tools.Answer(callId, result);

    /// <summary>What the answer adds to the history.</summary>
    /// <param name="heard">What was heard of it; null when all of it was.</param>
    public IReadOnlyList<ChatMessage> Messages(string? heard)
    {
        lock (_gate)
        {
            string text = heard ?? _text.ToString();
            return text.Length > 0 ? [.. _steps, new ChatMessage(ChatRole.Assistant, text)] : [.. _steps];
        }
    }

    /// <exception cref="VoiceException">The model failed, wrote nothing, or went on asking for tools.</exception>
    public async Task AnswerAsync(
        List<ChatMessage> messages,
        ChannelWriter<string> pieces,
        CancellationToken cancellationToken
    )
    {
        bool requested;
        for (int step = 0; ; step++)
        {
            List<ChatResponseUpdate> updates = await AskAsync(messages, pieces, cancellationToken)
                .ConfigureAwait(false);
            IReadOnlyList<FunctionCallContent> calls = ToolRunner.FindCalls(updates);
            if (calls.Count == 0 || _tools.Request(calls))
            {
                requested = calls.Count > 0;
                break;
            }
            if (step == options.MaxToolSteps)
            {
                throw new VoiceException(
                    VoiceErrorCodes.TooManyToolSteps,
                    VoiceStage.Answering,
                    $"The model still asks for tools after {options.MaxToolSteps} steps."
                );
            }
            // Silence while a tool works is taken for a dead line.
            if (!_cutter.HasBegun && _text.Length == 0 && clients.ToolFiller is { Length: > 0 } filler)
                Say([filler], pieces);
            await RunToolsAsync(calls, updates, messages, pieces, cancellationToken).ConfigureAwait(false);
        }
        Say(_cutter.Complete(), pieces);
        clock.AnswerDone();
        if (!requested && string.IsNullOrWhiteSpace(_text.ToString()))
            throw new VoiceException(VoiceErrorCodes.EmptyAnswer, VoiceStage.Answering, "The model wrote nothing.");
    }

    private async Task RunToolsAsync(
        IReadOnlyList<FunctionCallContent> calls,
        List<ChatResponseUpdate> updates,
        List<ChatMessage> messages,
        ChannelWriter<string> pieces,
        CancellationToken cancellationToken
    )
    {
        // What was written before the call is a sentence of its own.
        Say(_cutter.Push("\n\n"), pieces);
        long started = time.GetTimestamp();
        ChatMessage results = await _tools.RunAsync(calls, cancellationToken).ConfigureAwait(false);
        clock.WaitedForAnswer(time.GetElapsedTime(started));
        messages.AddRange(updates.ToChatResponse().Messages);
        messages.Add(results);
        lock (_gate)
        {
            _steps.Add(new ChatMessage(ChatRole.Assistant, [.. calls]));
            _steps.Add(results);
        }
    }

    private async Task<List<ChatResponseUpdate>> AskAsync(
        List<ChatMessage> messages,
        ChannelWriter<string> pieces,
        CancellationToken cancellationToken
    )
    {
        var call = new CallRecord(time);
        var trace = new FallbackTrace();
        var updates = new List<ChatResponseUpdate>();
        try
        {
            var stream = new TimedUpdates(Ask(messages, trace, cancellationToken), clock, time);
            await using (stream.ConfigureAwait(false))
            {
                while (await NextAsync(stream, pieces, cancellationToken).ConfigureAwait(false))
                {
                    ChatResponseUpdate update = stream.Current;
                    updates.Add(update);
                    call.See(update);
                    Take(update, call, pieces);
                }
            }
            log.Answered(call, trace, null);
        }
        catch (Exception failure) when (!StageFailure.IsEnding(failure, cancellationToken))
        {
            log.Answered(call, trace, failure);
            // What came before the break is still said.
            Say(_cutter.Complete(), pieces);
            throw StageFailure.Of(failure, VoiceStage.Answering);
        }
        return updates;
    }

    private async ValueTask<bool> NextAsync(
        TimedUpdates stream,
        ChannelWriter<string> pieces,
        CancellationToken cancellationToken
    )
    {
        // A first piece that has waited long enough is cut between words.
        if (
            !_cutter.HasBegun
            && _text.Length > 0
            && !await stream.ComesWithinAsync(options.FirstPieceWait, cancellationToken).ConfigureAwait(false)
            && _cutter.Force() is { } piece
        )
            Say([piece], pieces);
        return await stream.MoveNextAsync().ConfigureAwait(false);
    }

    private void Take(ChatResponseUpdate update, CallRecord call, ChannelWriter<string> pieces)
    {
        if (update.AdditionalProperties?.GetValueOrDefault(FallbackSwitch.PropertyName) is FallbackSwitch change)
            log.Switched(VoiceStage.Answering, change.From, change.To, change.Reason.ToString());
        string text = update.Text;
        if (text.Length == 0)
            return;
        call.Output();
        clock.FirstToken();
        lock (_gate)
            _text.Append(text);
        events.Post(new AnswerDelta(text));
        Say(_cutter.Push(text), pieces);
    }

    private void Say(IReadOnlyList<string> texts, ChannelWriter<string> pieces)
    {
        foreach (string text in texts)
        {
            clock.FirstPiece();
            pieces.TryWrite(text);
        }
    }

    private IAsyncEnumerable<ChatResponseUpdate> Ask(
        List<ChatMessage> messages,
        FallbackTrace trace,
        CancellationToken cancellationToken
    ) =>
        clients.Chat is FallbackChatClient chain
            ? chain.GetStreamingResponseAsync(messages, clients.AnswerOptions, trace, cancellationToken)
            : clients.Chat.GetStreamingResponseAsync(messages, clients.AnswerOptions, cancellationToken);
}
