using System.Text.Json;
using GroqKit.Audio;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests.Audio;

[Requirement("CL-15")]
public sealed class SpeechStreamTests
{
    private static readonly SpeechRequest Short = new() { Input = "Hello there.", Voice = SpeechVoice.Troy };

    private static readonly SpeechRequest Pieces = new()
    {
        Input = "One is short. The second is a longer sentence. The third is a longer one. And the fourth is the end.",
        Voice = SpeechVoice.Troy,
        MaxPieceLength = 40,
    };

    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sound_is_delivered_as_it_comes()
    {
        var go = new SemaphoreSlim(0);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            byte[] audio = SpeechServer.SpeakStreamed(await SpeechServer.InputAsync(context));
            await SpeechServer.AnswerAsync(context, audio[..50]);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await go.WaitAsync(Safety, Token);
            await SpeechServer.AnswerAsync(context, audio[50..]);
        });
        using GroqClient client = server.Client();
        await using SpeechStream stream = await client.Audio.Speech.StreamAsync(Short, cancellationToken: Token);
        await using var bytes = stream.GetAsyncEnumerator(Token);

        (await bytes.MoveNextAsync().AsTask().WaitAsync(Safety, Token)).ShouldBeTrue();
        bytes.Current.Length.ShouldBe(50);
        stream.Wav.ShouldBe(WavFormat.Pcm16(24000));
        stream.FirstAudio.ShouldNotBeNull();
        stream.Metadata.Attempts.ShouldBe(1);
        go.Release();
        while (await bytes.MoveNextAsync()) { }

        stream.BytesDelivered.ShouldBe(44 + 24);
    }

    [Fact]
    public async Task Pieces_follow_each_other_behind_one_header_however_late_they_are()
    {
        var later = new Countdown(3);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            string input = await SpeechServer.InputAsync(context);
            // The first comes last.
            if (input.StartsWith("One", StringComparison.Ordinal))
                await later.Reached;
            else
                later.Signal();
            if (input.StartsWith("The second", StringComparison.Ordinal))
                later.Signal();
            await SpeechServer.AnswerAsync(context, SpeechServer.SpeakStreamed(input));
        });
        using GroqClient client = server.Client();
        await using SpeechStream stream = await client.Audio.Speech.StreamAsync(Pieces, cancellationToken: Token);
        using var file = new MemoryStream();

        await stream.CopyToAsync(new ForwardOnlyStream(file), Token);

        stream.Pieces[0].ShouldBe("One is short.", "the first sentence is heard sooner by itself");
        stream.Pieces.Count.ShouldBe(4);
        SpeechServer.TextOf(file.ToArray()).ShouldBe(string.Concat(stream.Pieces));
        BitConverter
            .ToUInt32(file.ToArray(), 40)
            .ShouldBe(uint.MaxValue, "a stream that can't go back keeps its placeholder");
        stream.BytesDelivered.ShouldBe(file.Length);
        stream.PieceIndex.ShouldBe(3);
    }

    [Fact]
    public async Task A_collected_stream_is_the_same_file_as_the_whole()
    {
        await using AudioServer server = await AudioServer.StartAsync(SpeechServer.AnswerAsync);
        using GroqClient client = server.Client();

        await using SpeechStream stream = await client.Audio.Speech.StreamAsync(Pieces, cancellationToken: Token);
        SpeechAudio collected = await stream.CollectAsync(Token);

        SpeechServer.TextOf(collected.Data).ShouldBe(string.Concat(collected.Pieces));
        BitConverter.ToUInt32(collected.Data.Span[40..]).ShouldBe((uint)collected.Data.Length - 44);
        collected.Duration.ShouldNotBeNull();
        await Should.ThrowAsync<InvalidOperationException>(() => stream.CollectAsync(Token));
    }

    [Fact]
    public async Task A_failing_piece_is_named_after_everything_before_it_was_delivered()
    {
        var arrived = new Countdown(1);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            string input = await SpeechServer.InputAsync(context);
            if (!input.StartsWith("The third", StringComparison.Ordinal))
            {
                await SpeechServer.AnswerAsync(context, SpeechServer.SpeakStreamed(input));
                return;
            }
            await SpeechServer.AnswerAsync(context, SpeechServer.SpeakStreamed("ab"));
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await arrived.Reached;
            context.Abort();
        });
        using GroqClient client = server.Client();
        await using SpeechStream stream = await client.Audio.Speech.StreamAsync(Pieces, cancellationToken: Token);
        using var file = new WatchedStream(() =>
        {
            if (stream.PieceIndex == 2)
                arrived.Signal();
        });

        var error = await Should.ThrowAsync<GroqSpeechException>(() => stream.CopyToAsync(file, Token));

        error.PieceIndex.ShouldBe(2);
        error.Audio.IsEmpty.ShouldBeTrue();
        error.InnerException.ShouldBeOfType<GroqStreamException>().Reason.ShouldBe(StreamFailure.ConnectionLost);
        SpeechServer.TextOf(file.ToArray()).ShouldBe(stream.Pieces[0] + stream.Pieces[1] + "ab");
        BitConverter
            .ToUInt32(file.ToArray(), 40)
            .ShouldBe((uint)file.Length - 44, "what was delivered is a valid file");
    }

    [Fact]
    public async Task A_piece_that_broke_before_its_turn_is_spoken_again_unnoticed()
    {
        var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int tries = 0;
        var transport = new AnsweringHandler(
            async (input, token) =>
            {
                if (input.StartsWith("One", StringComparison.Ordinal))
                    await broken.Task.WaitAsync(Safety, token);
                if (!input.StartsWith("The third", StringComparison.Ordinal) || Interlocked.Increment(ref tries) > 1)
                    return new MemoryStream(SpeechServer.SpeakStreamed(input));
                var body = new GatedStream { Disposed = broken.SetResult };
                body.Give(SpeechServer.SpeakStreamed("ab"));
                body.End(new IOException("gone"));
                return body;
            }
        );
        using GroqClient client = Clients.For(transport);
        await using SpeechStream stream = await client.Audio.Speech.StreamAsync(Pieces, cancellationToken: Token);

        SpeechAudio audio = await stream.CollectAsync(Token);

        SpeechServer.TextOf(audio.Data).ShouldBe(string.Concat(stream.Pieces));
        tries.ShouldBe(2);
    }

    [Fact]
    public async Task A_first_piece_that_fails_stops_the_others()
    {
        var waiting = new Countdown(2);
        var aborted = new Countdown(2);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            if ((await SpeechServer.InputAsync(context)).StartsWith("One", StringComparison.Ordinal))
            {
                await waiting.Reached;
                await AudioServer.JsonAsync(context, """{"error":{"message":"no"}}""", 400);
                return;
            }
            await UntilGoneAsync(context, waiting, aborted);
        });
        using GroqClient client = server.Client();

        var error = await Should.ThrowAsync<GroqSpeechException>(() =>
            client.Audio.Speech.StreamAsync(Pieces, cancellationToken: Token)
        );

        error.PieceIndex.ShouldBe(0);
        await aborted.Reached;
    }

    [Theory]
    [InlineData("break")]
    [InlineData("dispose")]
    [InlineData("token of the call")]
    [InlineData("token of the reader")]
    public async Task Leaving_ends_every_call_that_is_under_way(string how)
    {
        var waiting = new Countdown(3);
        var aborted = new Countdown(3);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            byte[] audio = SpeechServer.SpeakStreamed(await SpeechServer.InputAsync(context));
            await SpeechServer.AnswerAsync(context, audio[..48]);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await UntilGoneAsync(context, waiting, aborted);
        });
        using GroqClient client = server.Client();
        using var call = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var reader = CancellationTokenSource.CreateLinkedTokenSource(Token);
        SpeechStream stream = await client.Audio.Speech.StreamAsync(Pieces, cancellationToken: call.Token);
        Exception? error = null;
        try
        {
            await foreach (var _ in stream.WithCancellation(reader.Token))
            {
                await waiting.Reached;
                if (how == "break")
                    break;
                Task leaving = how switch
                {
                    "dispose" => stream.DisposeAsync().AsTask(),
                    "token of the call" => call.CancelAsync(),
                    _ => reader.CancelAsync(),
                };
                await leaving;
            }
        }
        catch (OperationCanceledException cancelled)
        {
            error = cancelled;
        }

        await aborted.Reached;
        (error is null).ShouldBe(how == "break");
        await stream.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_that_is_never_read_ends_with_its_disposal()
    {
        var waiting = new Countdown(3);
        var aborted = new Countdown(3);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            await SpeechServer.InputAsync(context);
            await SpeechServer.AnswerAsync(context, SpeechServer.SpeakStreamed("a"));
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await UntilGoneAsync(context, waiting, aborted);
        });
        using GroqClient client = server.Client();

        SpeechStream stream = await client.Audio.Speech.StreamAsync(Pieces, cancellationToken: Token);
        await waiting.Reached;
        await stream.DisposeAsync();

        await aborted.Reached;
        Should.Throw<InvalidOperationException>(() => stream.GetAsyncEnumerator(Token));
    }

    [Fact]
    public async Task Silence_of_the_server_beyond_the_idle_limit_ends_the_stream()
    {
        var waiting = new Countdown(1);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            await SpeechServer.InputAsync(context);
            await SpeechServer.AnswerAsync(context, SpeechServer.SpeakStreamed("a"));
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await UntilGoneAsync(context, waiting, new Countdown(1));
        });
        var clock = new ManualTimeProvider();
        using GroqClient client = server.Client(options =>
        {
            options.TimeProvider = clock;
            options.StreamIdleTimeout = TimeSpan.FromSeconds(5);
        });
        await using SpeechStream stream = await client.Audio.Speech.StreamAsync(Short, cancellationToken: Token);
        await using var bytes = stream.GetAsyncEnumerator(Token);
        (await bytes.MoveNextAsync()).ShouldBeTrue();

        Task<bool> next = bytes.MoveNextAsync().AsTask();
        await clock.WhenArmedAsync().WaitAsync(Safety, Token);
        clock.Advance(TimeSpan.FromSeconds(6));

        var error = await Should.ThrowAsync<GroqStreamException>(() => next.WaitAsync(Safety, Token));
        error.Reason.ShouldBe(StreamFailure.Idle);
        error.InnerException.ShouldBeOfType<GroqTimeoutException>().Phase.ShouldBe(TimeoutPhase.Body);
        error.IsRetryable.ShouldBeTrue();
    }

    private static async Task UntilGoneAsync(HttpContext context, Countdown waiting, Countdown aborted)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        waiting.Signal();
        await gone.Task.WaitAsync(Safety, Token);
        aborted.Signal();
    }

    private sealed class WatchedStream(Action written) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            written();
            return base.WriteAsync(buffer, cancellationToken);
        }
    }

    private sealed class AnsweringHandler(Func<string, CancellationToken, Task<Stream>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            using JsonDocument body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            string input = body.RootElement.GetProperty("input").GetString()!;
            return new HttpResponseMessage { Content = new StreamContent(await answer(input, cancellationToken)) };
        }
    }
}
