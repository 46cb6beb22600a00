using GroqKit.Audio;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14")]
public sealed class LongTranscriptionTests
{
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);
    private static readonly WavAudio Talk = Recordings.Of(4, 1, 3, 1, 3, 1, 2);
    private static readonly SplitOptions Short = new()
    {
        MaxPartDuration = TimeSpan.FromSeconds(5),
        MinPartDuration = TimeSpan.FromSeconds(1),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_are_heard_at_the_same_time_and_put_together_in_order()
    {
        var all = new Countdown(4);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            double seconds = await SecondsAsync(context);
            all.Signal();
            await all.Reached;
            await AudioServer.JsonAsync(
                context,
                FormattableString.Invariant(
                    $$"""{"text":"{{seconds:0.0}}.","language":"English","segments":[{"id":0,"seek":0,"start":0,"end":{{seconds}},"text":"{{seconds:0.0}}."}]}"""
                )
            );
        });
        using GroqClient client = server.Client();
        var progress = new ProgressList<TranscribedPart>();

        Transcription whole = await client.Audio.Transcriptions.CreateLongAsync(
            Request(Talk, TranscriptionFormat.VerboseJson),
            Short with
            {
                Progress = progress,
            },
            cancellationToken: Token
        );

        whole.Text.ShouldBe("4.5. 4.0. 4.0. 2.5.");
        whole.Duration!.Value.ShouldBe(Talk.Duration.TotalSeconds, 1e-6);
        whole.Segments!.Select(segment => segment.Start).ShouldBe([0, 4.5, 8.5, 12.5], 0.05);
        whole.Segments!.Select(segment => segment.Id).ShouldBe([0, 1, 2, 3]);
        whole.Segments![^1].End.ShouldBe(Talk.Duration.TotalSeconds, 1e-6);
        progress.Select(part => part.Part.Index).ShouldBe([0, 1, 2, 3], ignoreOrder: true);
    }

    [Fact]
    public async Task No_more_parts_are_under_way_than_allowed()
    {
        int now = 0;
        int most = 0;
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            int count = Interlocked.Increment(ref now);
            InterlockedMax(ref most, count);
            await AudioServer.ReadAllAsync(context);
            Interlocked.Decrement(ref now);
            await AudioServer.JsonAsync(context, """{"text":"x"}""");
        });
        using GroqClient client = server.Client();

        Transcription whole = await client.Audio.Transcriptions.CreateLongAsync(
            Request(Talk),
            Short with
            {
                MaxParallel = 2,
            },
            cancellationToken: Token
        );

        whole.Text.ShouldBe("x x x x");
        most.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task In_turn_each_part_is_told_the_end_of_the_one_before()
    {
        var prompts = new List<string?>();
        string talk = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"wörd{i}"));
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            prompts.Add(form["prompt"]);
            await AudioServer.JsonAsync(context, $$"""{"text":"{{talk}}"}""");
        });
        using GroqClient client = server.Client();

        await client.Audio.Transcriptions.CreateLongAsync(
            Request(Talk) with
            {
                Prompt = "Groq.",
            },
            Short with
            {
                MaxParallel = 1,
                CarriesPrompt = true,
            },
            cancellationToken: Token
        );

        prompts.Count.ShouldBe(4);
        prompts[0].ShouldBe("Groq.");
        prompts[1].ShouldStartWith("Groq. wörd");
        prompts[1].ShouldEndWith(" wörd99");
        System.Text.Encoding.UTF8.GetByteCount(prompts[1]!).ShouldBeInRange(200, 224);
    }

    [Fact]
    public async Task A_part_that_fails_is_named_and_what_was_heard_before_it_is_kept()
    {
        int requests = 0;
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            await AudioServer.ReadAllAsync(context);
            int number = Interlocked.Increment(ref requests);
            if (number == 3)
                await AudioServer.JsonAsync(context, """{"error":{"message":"no","code":"model_not_found"}}""", 404);
            else
                await AudioServer.JsonAsync(context, $$"""{"text":"{{number}}"}""");
        });
        using GroqClient client = server.Client();

        var error = await Should.ThrowAsync<GroqTranscriptionException>(() =>
            client.Audio.Transcriptions.CreateLongAsync(
                Request(Talk),
                Short with
                {
                    MaxParallel = 1,
                },
                cancellationToken: Token
            )
        );

        error.Part.Index.ShouldBe(2);
        error.Part.Start.TotalSeconds.ShouldBe(8.5, 0.05);
        error.Partial!.Text.ShouldBe("1 2");
        error.Partial.Duration!.Value.ShouldBe(8.5, 0.05);
        error.Code.ShouldBe("model_not_found");
        error.Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        error.InnerException.ShouldBeOfType<GroqModelException>();
        error.Message.ShouldContain("Part 2");
        requests.ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_stops_the_parts_beside_it()
    {
        var waiting = new Countdown(3);
        var aborted = new Countdown(3);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            double seconds = await SecondsAsync(context);
            if (seconds < 3)
            {
                await waiting.Reached;
                await AudioServer.JsonAsync(context, """{"error":{"message":"no"}}""", 400);
                return;
            }
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            waiting.Signal();
            await gone.Task.WaitAsync(Safety, Token);
            aborted.Signal();
        });
        using GroqClient client = server.Client();

        var error = await Should.ThrowAsync<GroqTranscriptionException>(() =>
            client.Audio.Transcriptions.CreateLongAsync(Request(Talk), Short, cancellationToken: Token)
        );

        error.Part.Index.ShouldBe(3);
        error.Partial.ShouldBeNull();
        await aborted.Reached;
    }

    [Fact]
    public async Task Cancelling_ends_every_part()
    {
        var waiting = new Countdown(4);
        var aborted = new Countdown(4);
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            await AudioServer.ReadAllAsync(context);
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            waiting.Signal();
            await gone.Task.WaitAsync(Safety, Token);
            aborted.Signal();
        });
        using GroqClient client = server.Client();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        Task<Transcription> call = client.Audio.Transcriptions.CreateLongAsync(
            Request(Talk),
            Short,
            cancellationToken: cancel.Token
        );
        await waiting.Reached;
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(Safety, Token));
        await aborted.Reached;
    }

    [Fact]
    public async Task A_source_that_breaks_in_the_middle_is_the_error_that_is_told()
    {
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            await AudioServer.ReadAllAsync(context);
            await AudioServer.JsonAsync(context, """{"text":"x"}""");
        });
        using GroqClient client = server.Client();
        var broken = new GatedStream();
        broken.Give(Talk.ToArray()[..^20_000]);
        broken.End(new IOException("the disk is gone"));

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            client.Audio.Transcriptions.CreateLongAsync(
                new TranscriptionRequest { Audio = AudioInput.FromStream(broken) },
                Short,
                cancellationToken: Token
            )
        );

        error.Message.ShouldContain("the disk is gone");
    }

    [Fact]
    public async Task What_fits_or_has_an_address_is_sent_in_one_call()
    {
        await using StubServer server = await StubServer.StartAsync();
        for (int i = 0; i < 3; i++)
            server.Next(200, """{"text":"x"}""");
        using GroqClient client = Clients.For(server);
        AudioInput[] inputs =
        [
            AudioInput.FromWav(Talk),
            AudioInput.FromBytes("fLaC...."u8.ToArray()),
            AudioInput.FromUrl("https://a.b/c.mp3"),
        ];

        foreach (AudioInput input in inputs)
        {
            Transcription answer = await client.Audio.Translations.CreateLongAsync(
                new TranslationRequest { Audio = input },
                cancellationToken: Token
            );
            answer.Text.ShouldBe("x");
        }

        server.Requests.Count.ShouldBe(3);
        server.Requests[0].Target.ShouldBe("/openai/v1/audio/translations");
    }

    [Fact]
    public async Task A_compressed_recording_that_is_too_long_is_refused_with_what_to_do()
    {
        var transport = new ScriptedHandler();
        using GroqClient client = Clients.For(transport);
        var request = new TranscriptionRequest
        {
            Audio = AudioInput.FromBytes("fLaC...."u8.ToArray()),
            MaxUploadBytes = 5,
        };

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            client.Audio.Transcriptions.CreateLongAsync(request, cancellationToken: Token)
        );

        error.Parameter.ShouldBe("file");
        error.Message.ShouldContain("flac");
        error.Message.ShouldContain("address");
        error.Message.ShouldContain("WAV");
        transport.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_recording_without_sound_is_refused()
    {
        using GroqClient client = Clients.For(new ScriptedHandler());

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            client.Audio.Transcriptions.CreateLongAsync(
                Request(WavAudio.FromSamples([], 8000)),
                cancellationToken: Token
            )
        );

        error.Message.ShouldContain("no sound");
    }

    private static TranscriptionRequest Request(WavAudio audio, TranscriptionFormat? format = null) =>
        new() { Audio = AudioInput.FromWav(audio), ResponseFormat = format };

    private static async Task<double> SecondsAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        using var content = new MemoryStream();
        await form.Files[0].CopyToAsync(content, context.RequestAborted);
        return WavAudio.Parse(content.ToArray()).Duration.TotalSeconds;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen = Volatile.Read(ref most);
        while (value > seen)
        {
            int before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
