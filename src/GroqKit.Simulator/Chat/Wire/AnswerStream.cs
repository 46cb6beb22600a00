using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Pacing;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Wire;

/// <summary>Sends an answer as a stream, one frame a token, at its pace, and lets faults interfere before every frame. A failed generation ends in an error after what it had written.</summary>
internal sealed class AnswerStream(
    Exchange exchange,
    SseWriter sse,
    AnswerFrame frame,
    Pace pace,
    bool includeUsage,
    ApiError? failure
)
{
    private int _contentSent;

    public async Task SendAsync()
    {
        await SendFramesAsync();
        if (exchange.IsDropped)
            return;
        await sse.FlushAsync();
        await exchange.Http.Response.CompleteAsync();
    }

    private async Task SendFramesAsync()
    {
        if (await InterferesAsync(FrameKind.Opening))
            return;
        sse.WriteEvent(frame, ChunkWriter.WriteOpening);
        foreach (Delta delta in Deltas(frame.Answer))
        {
            await WaitForTokenAsync();
            if (await InterferesAsync(FrameKind.Content))
                return;
            sse.WriteEvent((frame, delta), ChunkWriter.WriteDelta);
            _contentSent++;
            if (sse.IsFull)
                await sse.FlushAsync();
        }

        if (await InterferesAsync(FrameKind.Closing))
            return;
        if (failure is not null)
        {
            await sse.WriteErrorAsync(failure);
            return;
        }

        sse.WriteEvent(frame, ChunkWriter.WriteClosing);
        if (includeUsage)
            sse.WriteEvent(frame, ChunkWriter.WriteUsage);
        if (!await InterferesAsync(FrameKind.Done))
            sse.WriteDone();
    }

    private async ValueTask WaitForTokenAsync()
    {
        if (pace.Ahead(_contentSent) == TimeSpan.Zero)
            return;
        await sse.FlushAsync();
        // A caller that reads slowly makes the flush long; that time counts too.
        await pace.WaitAsync(pace.Ahead(_contentSent), exchange.Gone);
    }

    private ValueTask<bool> InterferesAsync(FrameKind next) =>
        StreamFaults.InterfereAsync(exchange, sse, next, _contentSent);

    private static IEnumerable<Delta> Deltas(ChatAnswer answer)
    {
        foreach (string piece in TokenRule.Pieces(answer.Reasoning))
            yield return new Delta(Reasoning: piece);
        for (int i = 0; i < answer.Run.Executed.Count; i++)
        {
            yield return new Delta(Executed: answer.Run.Executed[i], Index: i);
            yield return new Delta(Executed: answer.Run.Executed[i], Index: i, IsDone: true);
        }

        foreach (string piece in TokenRule.Pieces(answer.Content))
            yield return new Delta(Content: piece);
        // Calls come whole, as every recorded one did.
        for (int i = 0; i < answer.Calls.Count; i++)
            yield return new Delta(Call: answer.Calls[i], Index: i);
    }
}
