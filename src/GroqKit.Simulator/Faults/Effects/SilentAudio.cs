using GroqKit.Simulator.Http;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>Audio of the right length in which nothing sounds; other bodies are left alone.</summary>
internal sealed class SilentAudio : IFaultEffect
{
    private const int WavHeader = 44;

    public static FaultDefinition Definition { get; } =
        new("silent", "sends audio of the right length that is silent from end to end", [], _ => new SilentAudio());

    public async ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        HttpResponse response = exchange.Http.Response;
        if (response.ContentType?.StartsWith("audio/", StringComparison.Ordinal) is not true)
            return false;
        exchange.Outcome = RequestOutcome.Faulted;
        byte[] silence = new byte[body.Length];
        if (body.Span.StartsWith("RIFF"u8))
            body.Span[..WavHeader].CopyTo(silence);
        await response.BodyWriter.WriteAsync(silence, exchange.Gone);
        await response.CompleteAsync();
        return true;
    }
}
