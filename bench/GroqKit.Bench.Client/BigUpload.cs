using GroqKit.Audio;

namespace GroqKit.Bench.Client;

/// <summary>What an upload holds on to while it lasts.</summary>
internal static class BigUpload
{
    private const long Gigabyte = 1024L * 1024 * 1024;
    private const int PieceBytes = 64 * 1024;

    public static async Task RunAsync()
    {
        await using UpstreamProcess upstream = await UpstreamProcess.StartAsync();
        using var client = new GroqClient(
            new GroqClientOptions { ApiKey = new ApiKey("gsk_bench"), BaseUrl = upstream.Address }
        );
        await SendAsync(client, 1024 * 1024, null);
        var memory = new MemoryWatch();
        await SendAsync(client, Gigabyte, new Watcher(memory));
        Console.WriteLine("Memory during an upload on loopback");
        memory.Print("1 GB");
    }

    private static Task<Transcription> SendAsync(GroqClient client, long bytes, IProgress<UploadProgress>? progress) =>
        client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest
            {
                Audio = AudioInput.FromStream(
                    new RepeatingStream(new byte[PieceBytes], bytes / PieceBytes, ReadOnlyMemory<byte>.Empty),
                    "long.wav"
                ),
                MaxUploadBytes = long.MaxValue,
                Progress = progress,
            }
        );

    /// <summary>Looks once in 64 MB.</summary>
    private sealed class Watcher(MemoryWatch memory) : IProgress<UploadProgress>
    {
        private const long Step = 64 * 1024 * 1024;
        private long _next = Step;

        public void Report(UploadProgress value)
        {
            if (value.BytesSent < _next)
                return;
            _next += Step;
            memory.Look();
        }
    }
}
