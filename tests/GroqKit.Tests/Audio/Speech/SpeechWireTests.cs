using System.Net;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-15")]
public sealed class SpeechWireTests
{
    private const string Long =
        "The first sentence is here. The second one follows it, and is a little longer than the first. Here comes the third! Is this the fourth? It is. And so on and on.";

    private static readonly SpeechRequest Short = new() { Input = "Hello.", Voice = SpeechVoice.Troy };
    private static readonly SpeechRequest Pieces = new()
    {
        Input = Long,
        Voice = SpeechVoice.Troy,
        MaxPieceLength = 40,
    };
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_parameter_goes_out_as_json()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(context => SpeechServer.AnswerAsync(context, SpeechServer.Speak("Hello.")));
        using GroqClient client = Clients.For(server);

        SpeechAudio audio = await client.Audio.Speech.CreateAsync(
            Short with
            {
                Model = "some/other",
                SampleRate = 16000,
                Speed = 1.5,
                ExtraBody = new() { ["new_thing"] = System.Text.Json.JsonSerializer.SerializeToElement(true) },
            },
            cancellationToken: Token
        );

        StubRequest request = server.Requests.Single();
        request.Target.ShouldBe("/openai/v1/audio/speech");
        request.Headers["Accept"].ShouldBe("application/octet-stream");
        request.Body.ShouldBe(
            """{"model":"some/other","input":"Hello.","voice":"troy","response_format":"wav","sample_rate":16000,"speed":1.5,"new_thing":true}"""
        );
        audio.Warnings.ShouldBeEmpty();
        audio.Pieces.ShouldBe(["Hello."]);
        audio.MediaType.ShouldBe("audio/wav");
        audio.Duration.ShouldBe(TimeSpan.FromSeconds(6 / 24000.0));
        audio.Data.ToArray().ShouldBe(SpeechServer.Speak("Hello."));
        audio.Metadata.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task A_streamed_answer_is_given_its_true_sizes()
    {
        await using AudioServer server = await AudioServer.StartAsync(SpeechServer.AnswerAsync);
        using GroqClient client = server.Client();

        SpeechAudio audio = await client.Audio.Speech.CreateAsync(Short, cancellationToken: Token);

        audio.Data.ToArray().ShouldBe(SpeechServer.Speak("Hello."));
    }

    [Fact]
    public async Task A_long_text_is_spoken_in_pieces_and_joined_in_order_into_one_file()
    {
        await using AudioServer server = await AudioServer.StartAsync(SpeechServer.AnswerAsync);
        using GroqClient client = server.Client();

        SpeechAudio audio = await client.Audio.Speech.CreateAsync(Pieces, cancellationToken: Token);

        audio.Pieces.Count.ShouldBeGreaterThan(3);
        string.Join(' ', audio.Pieces).ShouldBe(Long);
        SpeechServer.TextOf(audio.Data).ShouldBe(string.Concat(audio.Pieces));
        BitConverter.ToUInt32(audio.Data.Span[4..]).ShouldBe((uint)audio.Data.Length - 8);
        audio.Duration!.Value.TotalSeconds.ShouldBe(string.Concat(audio.Pieces).Length / 24000.0, 1e-6);
    }

    [Fact]
    public async Task The_limit_of_Orpheus_comes_from_the_catalogue()
    {
        var inputs = new List<string>();
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            string input = await SpeechServer.InputAsync(context);
            lock (inputs)
                inputs.Add(input);
            await SpeechServer.AnswerAsync(context, SpeechServer.Speak(input));
        });
        using GroqClient client = server.Client();

        await client.Audio.Speech.CreateAsync(Short with { Input = Long + " " + Long }, cancellationToken: Token);
        await client.Audio.Speech.CreateAsync(
            Short with
            {
                Input = Long + " " + Long,
                Model = "unknown",
            },
            cancellationToken: Token
        );

        inputs.Count.ShouldBe(3);
        inputs.Count(input => input.Length <= 200).ShouldBe(2);
    }

    [Fact]
    public async Task Two_pieces_are_spoken_ahead_and_no_more()
    {
        int now = 0;
        int most = 0;
        var three = new Countdown(3);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            int count = Interlocked.Increment(ref now);
            lock (three)
                most = Math.Max(most, count);
            string input = await SpeechServer.InputAsync(context);
            three.Signal();
            await three.Reached;
            Interlocked.Decrement(ref now);
            await SpeechServer.AnswerAsync(context, SpeechServer.Speak(input));
        });
        using GroqClient client = server.Client();

        SpeechAudio audio = await client.Audio.Speech.CreateAsync(Pieces, cancellationToken: Token);

        audio.Pieces.Count.ShouldBeGreaterThan(3);
        most.ShouldBe(3, "one that is waited for, and two ahead");
    }

    [Fact]
    public async Task A_piece_that_fails_is_named_and_what_was_spoken_before_it_is_kept()
    {
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            string input = await SpeechServer.InputAsync(context);
            if (input.Contains("third", StringComparison.Ordinal))
                await AudioServer.JsonAsync(
                    context,
                    """{"error":{"message":"accept the terms","code":"model_terms_required"}}""",
                    400
                );
            else
                await SpeechServer.AnswerAsync(context, SpeechServer.Speak(input));
        });
        using GroqClient client = server.Client();

        var error = await Should.ThrowAsync<GroqSpeechException>(() =>
            client.Audio.Speech.CreateAsync(Pieces, cancellationToken: Token)
        );

        error.Pieces[error.PieceIndex].ShouldContain("third");
        SpeechServer.TextOf(error.Audio).ShouldBe(string.Concat(error.Pieces.Take(error.PieceIndex)));
        BitConverter.ToUInt32(error.Audio.Span[4..]).ShouldBe((uint)error.Audio.Length - 8);
        error.Code.ShouldBe("model_terms_required");
        error.InnerException.ShouldBeOfType<GroqModelException>();
        error.Message.ShouldContain($"Piece {error.PieceIndex} of {error.Pieces.Count}");
    }

    [Fact]
    public async Task A_single_piece_fails_with_its_own_error()
    {
        await using AudioServer server = await AudioServer.StartAsync(context =>
            AudioServer.JsonAsync(context, """{"error":{"message":"no","code":"model_terms_required"}}""", 400)
        );
        using GroqClient client = server.Client();

        await Should.ThrowAsync<GroqModelException>(() =>
            client.Audio.Speech.CreateAsync(Short, cancellationToken: Token)
        );
        await Should.ThrowAsync<GroqModelException>(() =>
            client.Audio.Speech.StreamAsync(Short, cancellationToken: Token)
        );
    }

    [Fact]
    public async Task A_piece_that_fails_for_now_is_tried_again()
    {
        int requests = 0;
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref requests) == 2)
                await AudioServer.JsonAsync(context, """{"error":{"message":"busy"}}""", 503);
            else
                await SpeechServer.AnswerAsync(context);
        });
        using GroqClient client = server.Client(options => options.Retry.MaxRetries = 2);

        SpeechAudio audio = await client.Audio.Speech.CreateAsync(Pieces, cancellationToken: Token);

        SpeechServer.TextOf(audio.Data).ShouldBe(string.Concat(audio.Pieces));
        requests.ShouldBe(audio.Pieces.Count + 1);
    }

    [Theory]
    [InlineData("", "audio/wav")]
    [InlineData("{\"text\":\"not audio\"}", "application/json")]
    [InlineData("<html>", "text/html")]
    public async Task An_answer_without_sound_is_an_error(string body, string type)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, body, type);
        server.Next(200, body, type);
        using GroqClient client = Clients.For(server);

        var whole = await Should.ThrowAsync<GroqServerException>(() =>
            client.Audio.Speech.CreateAsync(Short, cancellationToken: Token)
        );
        var streamed = await Should.ThrowAsync<GroqServerException>(async () =>
        {
            await using SpeechStream stream = await client.Audio.Speech.StreamAsync(Short, cancellationToken: Token);
            await stream.CollectAsync(Token);
        });

        whole.Status.ShouldBe(HttpStatusCode.OK);
        streamed.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pieces_that_do_not_fit_together_are_an_error_that_names_the_piece()
    {
        int requests = 0;
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            string input = await SpeechServer.InputAsync(context);
            int rate = Interlocked.Increment(ref requests) == 2 ? 16000 : 24000;
            await SpeechServer.AnswerAsync(
                context,
                WavAudio.FromSamples([.. input.Select(letter => (short)letter)], rate).ToArray()
            );
        });
        using GroqClient client = server.Client();
        SpeechRequest inTurn = Pieces with { PiecesAhead = 0 };

        var error = await Should.ThrowAsync<GroqSpeechException>(() =>
            client.Audio.Speech.CreateAsync(inTurn, cancellationToken: Token)
        );

        error.PieceIndex.ShouldBe(1);
        error.Message.ShouldContain("16000 Hz");
        SpeechServer.TextOf(error.Audio).ShouldBe(error.Pieces[0]);
    }

    [Fact]
    public async Task A_retired_model_is_replaced_and_the_answer_says_so()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(context => SpeechServer.AnswerAsync(context, SpeechServer.Speak("Hello.")));
        server.Next(context => SpeechServer.AnswerAsync(context, SpeechServer.Speak("Hello.")));
        using GroqClient client = Clients.For(server);
        SpeechRequest old = Short with { Model = "playai-tts", Voice = "Fritz-PlayAI" };

        SpeechAudio audio = await client.Audio.Speech.CreateAsync(old, cancellationToken: Token);
        await using SpeechStream stream = await client.Audio.Speech.StreamAsync(old, cancellationToken: Token);

        audio.Warnings.Select(warning => warning.Code).ShouldBe(["model_replaced", "voice_replaced"]);
        stream.Warnings.ShouldBe(audio.Warnings);
        server
            .Requests[0]
            .Body.ShouldContain(
                "\"model\":\"canopylabs/orpheus-v1-english\",\"input\":\"Hello.\",\"voice\":\"daniel\""
            );
    }

    [Fact]
    public async Task The_file_can_be_saved()
    {
        await using AudioServer server = await AudioServer.StartAsync(SpeechServer.AnswerAsync);
        using GroqClient client = server.Client();
        string path = Path.GetTempFileName();
        try
        {
            await (await client.Audio.Speech.CreateAsync(Short, cancellationToken: Token)).SaveAsync(path, Token);
            byte[] whole = await File.ReadAllBytesAsync(path, Token);
            await using (SpeechStream stream = await client.Audio.Speech.StreamAsync(Short, cancellationToken: Token))
                await stream.SaveAsync(path, Token);

            whole.ShouldBe(SpeechServer.Speak("Hello."));
            (await File.ReadAllBytesAsync(path, Token)).ShouldBe(whole);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Cancelling_ends_every_piece()
    {
        var waiting = new Countdown(3);
        var aborted = new Countdown(3);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            await SpeechServer.InputAsync(context);
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            waiting.Signal();
            await gone.Task.WaitAsync(Safety, Token);
            aborted.Signal();
        });
        using GroqClient client = server.Client();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        Task<SpeechAudio> call = client.Audio.Speech.CreateAsync(Pieces, cancellationToken: cancel.Token);
        await waiting.Reached;
        await cancel.CancelAsync();

        var error = await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(Safety, Token));
        error.CancellationToken.ShouldBe(cancel.Token);
        await aborted.Reached;
    }
}
