using System.Net;
using System.Net.Http.Headers;

namespace GroqKit.Bench.Voice.Gateway;

/// <summary>A recording that is sent while it is spoken, a tenth of a second at a time.</summary>
internal sealed class SpeechContent : HttpContent
{
    private const int Part = 3_200;

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
        using var spoken = new PeriodicTimer(Pause, TimeProvider.System);
        int sent = 0;
        for (; _file.Length - sent > Part; sent += Part)
        {
            await stream.WriteAsync(_file.Slice(sent, Part));
            await stream.FlushAsync();
            await spoken.WaitForNextTickAsync();
        }
        EndedAt = TimeProvider.System.GetTimestamp();
        await stream.WriteAsync(_file[sent..]);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
