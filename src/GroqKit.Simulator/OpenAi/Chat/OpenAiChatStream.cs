using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Pacing;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>Sends a completion as chunks, one a token, choice after choice, and lets faults interfere before every one.</summary>
internal sealed class OpenAiChatStream(Exchange exchange, SseWriter sse, OpenAiFrame frame, Pace pace)
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
        for (int choice = 0; choice < frame.Answers.Count; choice++)
        {
            if (!await SendChoiceAsync(choice))
                return;
        }

        if (frame.IncludesUsage)
            sse.WriteEvent(frame, OpenAiChunkWriter.WriteUsage);
        if (!await InterferesAsync(FrameKind.Done))
            sse.WriteDone();
    }

    /// <summary>False when a fault has taken over.</summary>
    private async Task<bool> SendChoiceAsync(int choice)
    {
        if (await InterferesAsync(FrameKind.Opening))
            return false;
        sse.WriteEvent((frame, choice), OpenAiChunkWriter.WriteOpening);
        foreach (OpenAiDelta delta in OpenAiDelta.Of(frame.Answers[choice]))
        {
            TimeSpan ahead = pace.Ahead(_contentSent);
            if (ahead > TimeSpan.Zero)
            {
                await sse.FlushAsync();
                await pace.WaitAsync(pace.Ahead(_contentSent), exchange.Gone);
            }

            if (await InterferesAsync(FrameKind.Content))
                return false;
            sse.WriteEvent((frame, choice, delta), OpenAiChunkWriter.WriteDelta);
            _contentSent++;
            if (sse.IsFull)
                await sse.FlushAsync();
        }

        if (await InterferesAsync(FrameKind.Closing))
            return false;
        sse.WriteEvent((frame, choice), OpenAiChunkWriter.WriteClosing);
        return true;
    }

    private ValueTask<bool> InterferesAsync(FrameKind next) =>
        StreamFaults.InterfereAsync(exchange, sse, next, _contentSent);
}
