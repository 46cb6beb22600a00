using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>Measures memory, so nothing else may run beside it.</summary>
[Requirement("CL-14", "CL-27")]
[Collection(nameof(AloneCollection))]
public sealed class UploadMemoryTests
{
    private const long Gigabyte = 1024L * 1024 * 1024;
    private const long Allowed = 8 * 1024 * 1024;

    [Fact]
    public async Task Memory_stays_flat_while_a_gigabyte_is_uploaded()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        long received = 0;
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            byte[] buffer = new byte[64 * 1024];
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
                received += read;
            await AudioServer.JsonAsync(context, """{"text":"hi"}""");
        });
        using GroqClient client = server.Client();
        await client.Audio.Transcriptions.CreateAsync(Request(1_000_000, null), cancellationToken: token);
        var peak = new PeakMemory();

        Transcription answer = await client.Audio.Transcriptions.CreateAsync(
            Request(Gigabyte, peak),
            cancellationToken: token
        );

        answer.Text.ShouldBe("hi");
        received.ShouldBeGreaterThan(Gigabyte);
        peak.Samples.ShouldBeGreaterThan(1000);
        peak.Growth.ShouldBeLessThan(Allowed);
    }

    private static TranscriptionRequest Request(long length, IProgress<UploadProgress>? progress) =>
        new()
        {
            Audio = AudioInput.FromStream(new EndlessStream(length), "long.wav"),
            MaxUploadBytes = long.MaxValue,
            Progress = progress,
        };

    /// <summary>Looks at what is alive once in 64 MB.</summary>
    private sealed class PeakMemory : IProgress<UploadProgress>
    {
        private const long Step = 64 * 1024 * 1024;
        private readonly long _start = GC.GetTotalMemory(forceFullCollection: true);
        private long _next = Step;

        public int Samples { get; private set; }

        public long Growth { get; private set; }

        public void Report(UploadProgress value)
        {
            Samples++;
            if (value.BytesSent < _next)
                return;
            _next += Step;
            Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - _start);
        }
    }

    private sealed class EndlessStream(long length) : ForwardOnlyStream(Null)
    {
        private long _rest = length;

        public override bool CanRead => true;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = (int)Math.Min(buffer.Length, _rest);
            _rest -= count;
            return ValueTask.FromResult(count);
        }
    }
}
