using System.Net;
using System.Net.Http.Headers;

namespace GroqKit.Bench.Voice.Gateway;

/// <summary>A recording that is sent while it is spoken: its last tenth of a second comes later than the rest.</summary>
internal sealed class SpeechContent : HttpContent
{
    private const int LastPart = 3_200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ReadOnlyMemory<byte> _file;

    public SpeechContent(ReadOnlyMemory<byte> file)
    {
        _file = file;
        Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
    }

    /// <summary>When the last of it was handed over.</summary>
    public long EndedAt { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_file[..^LastPart]);
        await stream.FlushAsync();
        await Task.Delay(Pause, TimeProvider.System);
        EndedAt = TimeProvider.System.GetTimestamp();
        await stream.WriteAsync(_file[^LastPart..]);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
