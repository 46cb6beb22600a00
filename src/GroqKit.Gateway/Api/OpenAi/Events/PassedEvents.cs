using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.OpenAi.Events;

/// <summary>Events that end with <c>[DONE]</c> and go to the caller as they are: completions, transcripts, sound.</summary>
internal sealed class PassedEvents(string provider) : EventTranslation
{
    private bool _begun;
    private bool _finished;

    public override void Take(string type, ReadOnlyMemory<byte> data, EventOutput output)
    {
        if (data.Span.StartsWith("[DONE]"u8))
        {
            // The mark of an end, and nothing before it that could end.
            if (!_finished && !_begun)
                throw UpstreamErrors.Cut(provider);
            output.Write(null, "[DONE]"u8);
            output.IsDone = true;
            return;
        }
        if (!ChunkReader.TryRead(data.Span, out ChunkFacts facts))
            throw UpstreamErrors.Malformed(provider);
        if (facts.HasError || type == "error")
            throw ProviderError.FromEvent(data, provider);
        Usage = Usage.Larger(facts.Usage);
        FinishReason = facts.FinishReason ?? FinishReason;
        _finished |=
            facts.FinishReason is not null
            || data.Span.IndexOf("\"transcript.text.done\""u8) >= 0
            || data.Span.IndexOf("\"speech.audio.done\""u8) >= 0;
        bool has = ChunkReader.HasOutput(data.Span) || data.Span.IndexOf(".delta\""u8) >= 0;
        _begun |= has;
        output.HasOutput |= has;
        if (has)
            OutputBytes += data.Length;
        output.Write(type == "message" ? null : type, data.Span);
    }

    // Only the mark is missing; clients that wait for it would call the answer broken.
    public override bool End(EventOutput output)
    {
        if (_finished)
            output.Write(null, "[DONE]"u8);
        return _finished;
    }
}
