using System.Net;
using System.Text;
using GroqKit.Audio;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14", "CL-19")]
public sealed class UploadTests
{
    private static readonly byte[] Audio = [.. "fLaC"u8, .. new byte[200_000]];
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Progress_runs_to_the_end_and_knows_its_fraction()
    {
        await using AudioServer server = await AudioServer.StartAsync(Hear);
        using GroqClient client = server.Client();
        var known = new ProgressList<UploadProgress>();
        var unknown = new ProgressList<UploadProgress>();

        await Transcribe(client, AudioInput.FromBytes(Audio), known);
        await Transcribe(client, AudioInput.FromStream(new SlicedStream(Audio, 50_000)), unknown);

        known.Select(step => step.BytesSent).ShouldBeInOrder();
        known.Count.ShouldBeGreaterThan(1);
        known[^1].ShouldBe(new UploadProgress(Audio.Length, Audio.Length));
        known[^1].Fraction.ShouldBe(1);
        unknown[^1].BytesSent.ShouldBe(Audio.Length);
        unknown[^1].Fraction.ShouldBeNull();
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("file")]
    [InlineData("stream")]
    public async Task What_can_be_read_again_is_sent_again_in_full(string kind)
    {
        var received = new List<int>();
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            byte[] body = await AudioServer.ReadAllAsync(context);
            received.Add(body.AsSpan().Count((byte)0));
            await AudioServer.JsonAsync(context, """{"text":"hi"}""", received.Count < 3 ? 503 : 200);
        });
        using GroqClient client = server.Client(options => options.Retry.MaxRetries = 2);
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, Audio, Token);
            AudioInput input = kind switch
            {
                "bytes" => AudioInput.FromBytes(Audio),
                "file" => AudioInput.FromFile(path),
                _ => AudioInput.FromStream(new MemoryStream(Audio)),
            };
            input.CanRepeat.ShouldBeTrue();

            Transcription answer = await Transcribe(client, input);

            answer.Metadata.Attempts.ShouldBe(3);
            received.ShouldBe([200_000, 200_000, 200_000]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task What_can_be_read_once_is_sent_once()
    {
        int requests = 0;
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            requests++;
            await AudioServer.ReadAllAsync(context);
            await AudioServer.JsonAsync(context, """{"error":{"message":"busy"}}""", 503);
        });
        using GroqClient client = server.Client(options => options.Retry.MaxRetries = 2);
        AudioInput input = AudioInput.FromStream(new SlicedStream(Audio, 9000));
        input.CanRepeat.ShouldBeFalse();

        var error = await Should.ThrowAsync<GroqServerException>(() => Transcribe(client, input));
        var again = await Should.ThrowAsync<GroqValidationException>(() => Transcribe(client, input));

        error.Attempts.ShouldBe(1);
        requests.ShouldBe(1);
        again.Parameter.ShouldBe("file");
        again.Message.ShouldContain("read already");
    }

    [Fact]
    [Requirement("CL-19")]
    public async Task What_can_be_read_once_is_tried_again_while_none_of_it_was_read()
    {
        var transport = new ScriptedHandler();
        transport
            .NextError(new HttpRequestException("connection refused"))
            .Next(503, "")
            .Next(
                async (request, token) =>
                {
                    (await request.Content!.ReadAsByteArrayAsync(token)).Length.ShouldBeGreaterThan(Audio.Length);
                    return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
                }
            )
            .Next(200, "{}");
        using GroqClient client = Clients.For(
            transport,
            options => options.Retry = new RetryOptions { MaxRetries = 5, BaseDelay = TimeSpan.Zero }
        );

        var error = await Should.ThrowAsync<GroqServerException>(() =>
            Transcribe(client, AudioInput.FromStream(new SlicedStream(Audio, 9000)))
        );

        error.Attempts.ShouldBe(3, "two found it unread, the third read it");
        transport.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_stream_of_unknown_length_is_stopped_at_the_limit()
    {
        await using AudioServer server = await AudioServer.StartAsync(Hear);
        using GroqClient client = server.Client();
        var request = new TranscriptionRequest
        {
            Audio = AudioInput.FromStream(new SlicedStream(Audio, 9000)),
            MaxUploadBytes = 100_000,
        };

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            client.Audio.Transcriptions.CreateAsync(request, cancellationToken: Token)
        );

        error.Parameter.ShouldBe("file");
        error.Message.ShouldContain("100000");
    }

    [Fact]
    public async Task A_source_that_breaks_is_not_taken_for_the_network()
    {
        int requests = 0;
        await using AudioServer server = await AudioServer.StartAsync(context =>
        {
            requests++;
            return Hear(context);
        });
        using GroqClient client = server.Client(options => options.Retry.MaxRetries = 2);
        var source = new GatedStream();
        source.Give([.. "fLaC"u8, .. new byte[100]]);
        source.End(new IOException("the disk is gone"));

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            Transcribe(client, AudioInput.FromStream(source))
        );

        error.Parameter.ShouldBe("file");
        error.Message.ShouldContain("the disk is gone");
        requests.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_sent_is_noticed()
    {
        await using AudioServer server = await AudioServer.StartAsync(Hear);
        using GroqClient client = server.Client();
        var stream = new ShrinkingStream([.. Audio]);

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            Transcribe(client, AudioInput.FromStream(stream))
        );

        error.Parameter.ShouldBe("file");
        error.Message.ShouldContain("changed");
    }

    [Fact]
    public async Task An_upload_that_moves_is_not_timed_out_and_one_that_stands_still_is()
    {
        await using AudioServer server = await AudioServer.StartAsync(Hear);
        var clock = new ManualTimeProvider();
        using GroqClient client = server.Client(options =>
        {
            options.TimeProvider = clock;
            options.Timeout = TimeSpan.FromSeconds(10);
            options.TotalTimeout = TimeSpan.FromHours(1);
        });
        var source = new GatedStream();
        source.Give([.. "fLaC"u8, .. new byte[100]]);

        Task<Transcription> call = Transcribe(client, AudioInput.FromStream(source));
        for (int i = 0; i < 5; i++)
        {
            await source.Waiting.WaitAsync(Safety, Token);
            clock.Advance(TimeSpan.FromSeconds(9));
            source.Give(new byte[100]);
        }
        await source.Waiting.WaitAsync(Safety, Token);
        call.IsCompleted.ShouldBeFalse("45 seconds went by, but never 10 without progress");
        clock.Advance(TimeSpan.FromSeconds(11));

        var error = await Should.ThrowAsync<GroqTimeoutException>(() => call.WaitAsync(Safety, Token));
        error.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_ends_the_upload_on_both_sides()
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            using var registration = context.RequestAborted.Register(aborted.SetResult);
            try
            {
                await AudioServer.ReadAllAsync(context);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or BadHttpRequestException)
            {
                aborted.TrySetResult();
            }
        });
        using GroqClient client = server.Client();
        var source = new GatedStream();
        source.Give([.. "fLaC"u8, .. new byte[100_000]]);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        Task<Transcription> call = client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest { Audio = AudioInput.FromStream(source) },
            cancellationToken: cancel.Token
        );
        await source.Waiting.WaitAsync(Safety, Token);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(Safety, Token));
        await aborted.Task.WaitAsync(Safety, Token);
    }

    private static async Task Hear(HttpContext context)
    {
        await AudioServer.ReadAllAsync(context);
        await AudioServer.JsonAsync(context, """{"text":"hi"}""");
    }

    private static Task<Transcription> Transcribe(
        GroqClient client,
        AudioInput audio,
        IProgress<UploadProgress>? progress = null
    ) =>
        client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest { Audio = audio, Progress = progress },
            cancellationToken: Token
        );

    /// <summary>Tells one length and has another.</summary>
    private sealed class ShrinkingStream(byte[] content) : MemoryStream(content)
    {
        public override long Length => base.Length + 1000;
    }
}
