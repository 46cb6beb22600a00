using System.Text;
using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.SpeechToText;

[Requirement("CL-28", "CL-14")]
public sealed class SpeechToTextClientTests
{
    private const string Phrases = """
        {"text":" 你好世界。 Hello, gym. Bye!","task":"transcribe","language":"Chinese","duration":4.5,"segments":[
          {"id":0,"start":0,"end":1.5,"text":"你好","avg_logprob":-0.1},
          {"id":1,"start":1.5,"end":2,"text":"世界。","avg_logprob":-0.1},
          {"id":2,"start":2,"end":4,"text":" Hello, gym."}],
         "x_groq":{"id":"req_1"}}
        """;

    [Fact]
    public async Task A_whole_answer_has_text_times_language_usage_and_what_it_was_made_of()
    {
        using GroqClient groq = new ScriptedHandler().Next(200, Phrases).CreateClient();

        SpeechToTextResponse heard = await groq.AsISpeechToTextClient().GetTextAsync(Sounds.Speech());

        heard.Text.ShouldBe(" 你好世界。 Hello, gym. Bye!");
        heard.StartTime.ShouldBe(TimeSpan.Zero);
        heard.EndTime.ShouldBe(TimeSpan.FromSeconds(4.5));
        heard.ModelId.ShouldBe("whisper-large-v3-turbo");
        heard.ResponseId.ShouldBe("req_1");
        heard.Usage!.AdditionalCounts!["AudioMilliseconds"].ShouldBe(4500);
        heard.Usage.InputTokenCount.ShouldBeNull();
        heard.AdditionalProperties!["language"].ShouldBe("Chinese");
        heard.AdditionalProperties["confidence"].ShouldBeOfType<double>().ShouldBeInRange(0.9, 0.91);
        heard.RawRepresentation.ShouldBeOfType<Transcription>().Segments!.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_stream_gives_phrase_by_phrase_and_closes_with_the_usage()
    {
        using GroqClient groq = new ScriptedHandler().Next(200, Phrases).CreateClient();

        SpeechToTextResponseUpdate[] updates = await groq.AsISpeechToTextClient()
            .GetStreamingTextAsync(Sounds.Speech())
            .ToArrayAsync();

        updates.Select(update => update.Text).ShouldBe([" 你好", "世界。", " Hello, gym. Bye!", ""]);
        updates
            .Select(update => update.Kind)
            .ShouldBe([
                .. Enumerable.Repeat(SpeechToTextResponseUpdateKind.TextUpdated, 3),
                SpeechToTextResponseUpdateKind.SessionClose,
            ]);
        updates[1].StartTime.ShouldBe(TimeSpan.FromSeconds(1.5));
        updates[1].EndTime.ShouldBe(TimeSpan.FromSeconds(2));
        updates[1].RawRepresentation.ShouldBeOfType<TranscriptionSegment>().Id.ShouldBe(1);
        updates.ShouldAllBe(update => update.ResponseId == "req_1" && update.ModelId == "whisper-large-v3-turbo");
    }

    [Fact]
    public async Task A_stream_put_together_is_the_whole_answer()
    {
        using GroqClient groq = new ScriptedHandler().Next(200, Phrases).Next(200, Phrases).CreateClient();
        ISpeechToTextClient client = groq.AsISpeechToTextClient();

        SpeechToTextResponse whole = await client.GetTextAsync(Sounds.Speech());
        SpeechToTextResponse streamed = await client
            .GetStreamingTextAsync(Sounds.Speech())
            .ToSpeechToTextResponseAsync();

        streamed.Text.ShouldBe(whole.Text);
        streamed.Contents.ShouldHaveSingleItem();
        streamed.StartTime.ShouldBe(whole.StartTime);
        streamed.EndTime.ShouldBe(whole.EndTime);
        streamed.ResponseId.ShouldBe(whole.ResponseId);
        streamed.ModelId.ShouldBe(whole.ModelId);
        streamed.Usage!.AdditionalCounts.ShouldBe(whole.Usage!.AdditionalCounts);
        streamed.AdditionalProperties.ShouldBe(whole.AdditionalProperties);
    }

    [Theory]
    [InlineData("""{"text":"no phrases at all"}""", 1)]
    [InlineData("""{"text":"other words","segments":[{"text":"these"}]}""", 1)]
    [InlineData("""{"text":"","segments":[]}""", 0)]
    public async Task A_text_without_its_phrases_comes_in_one_piece(string body, int pieces)
    {
        using GroqClient groq = new ScriptedHandler().Next(200, body).CreateClient();

        SpeechToTextResponseUpdate[] updates = await groq.AsISpeechToTextClient()
            .GetStreamingTextAsync(Sounds.Speech())
            .ToArrayAsync();

        updates.Count(update => update.Kind == SpeechToTextResponseUpdateKind.TextUpdated).ShouldBe(pieces);
        updates[^1].Kind.ShouldBe(SpeechToTextResponseUpdateKind.SessionClose);
    }

    [Theory]
    [InlineData("4944330300000000", "audio.mp3")]
    [InlineData("FFFB9064000000000000", "audio.mp3")]
    [InlineData("52494646FFFFFFFF57415645", "audio.wav")]
    [InlineData("00000020667479704D344120", "audio.m4a")]
    [InlineData("1A45DFA3000000", "audio.webm")]
    public async Task A_bare_stream_is_named_by_what_it_holds(string beginning, string name)
    {
        ScriptedHandler handler = new ScriptedHandler().Next(200, Phrases);
        using GroqClient groq = handler.CreateClient();

        await groq.AsISpeechToTextClient().GetTextAsync(new MemoryStream(Convert.FromHexString(beginning)));

        Encoding.Latin1.GetString(handler.Requests.Single().Body.Span).ShouldContain($"filename=\"{name}\"");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bare_samples_become_a_file_of_the_rate_that_is_named(bool canSeek)
    {
        ScriptedHandler handler = new ScriptedHandler().Next(200, Phrases);
        using GroqClient groq = handler.CreateClient();
        byte[] samples = [.. Enumerable.Range(1, 101).Select(number => (byte)(number % 7))];

        await groq.AsISpeechToTextClient().GetTextAsync(Open(samples, canSeek), new() { SpeechSampleRate = 8000 });

        WavAudio sent = Sent(handler);
        sent.Format.ShouldBe(WavFormat.Pcm16(8000));
        sent.Data.ToArray().ShouldBe(samples[..100]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Samples_that_begin_as_an_MP3_file_does_are_samples_where_a_rate_is_named(bool canSeek)
    {
        ScriptedHandler handler = new ScriptedHandler().Next(200, Phrases);
        using GroqClient groq = handler.CreateClient();
        byte[] samples = [0xFF, 0xFF, 0x10, 0x00, .. new byte[4_000]];

        await groq.AsISpeechToTextClient().GetTextAsync(Open(samples, canSeek), new() { SpeechSampleRate = 8000 });

        Sent(handler).Data.ToArray().ShouldBe(samples);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_says_its_own_rate(bool canSeek)
    {
        ScriptedHandler handler = new ScriptedHandler().Next(200, Phrases);
        using GroqClient groq = handler.CreateClient();

        await groq.AsISpeechToTextClient()
            .GetTextAsync(Open(Sounds.Wav(new short[100]), canSeek), new() { SpeechSampleRate = 8000 });

        WavAudio sent = Sent(handler);
        sent.Format.SampleRate.ShouldBe(24_000);
        sent.Data.Length.ShouldBe(200);
    }

    [Fact]
    public async Task What_can_only_be_refused_is_not_sent()
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();
        ISpeechToTextClient client = groq.AsISpeechToTextClient();

        (
            await Should.ThrowAsync<GroqValidationException>(() => client.GetTextAsync(new MemoryStream()))
        ).Parameter.ShouldBe("file");
        (
            await Should.ThrowAsync<GroqValidationException>(() =>
                client.GetTextAsync(Sounds.Speech(), new() { SpeechSampleRate = 0 })
            )
        ).Message.ShouldContain("SpeechSampleRate");
        await Should.ThrowAsync<ArgumentNullException>(() => client.GetTextAsync((Stream)null!));
        Should.Throw<ArgumentNullException>(() => client.GetStreamingTextAsync((Stream)null!));
        handler.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Errors_stay_typed_and_cancellation_is_the_callers()
    {
        using GroqClient groq = new ScriptedHandler()
            .Next(ScriptedAnswer.Error(401, "no"))
            .Next(ScriptedAnswer.Timeout())
            .CreateClient();
        ISpeechToTextClient client = groq.AsISpeechToTextClient();
        using var cancelled = new CancellationTokenSource();

        await Should.ThrowAsync<GroqAuthenticationException>(() => client.GetTextAsync(Sounds.Speech()));
        Task<SpeechToTextResponse> call = client.GetTextAsync(Sounds.Speech(), null, cancelled.Token);
        await cancelled.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => call)).CancellationToken.ShouldBe(cancelled.Token);
    }

    [Fact]
    public async Task A_recording_too_long_for_one_call_is_split()
    {
        ScriptedHandler handler = new ScriptedHandler(recordBodies: false).Otherwise(_ =>
            ScriptedAnswer.Json("""{"text":"part","duration":1,"segments":[{"start":0,"end":1,"text":"part"}]}""")
        );
        using GroqClient groq = handler.CreateClient();
        byte[] file = WavAudio.FromSamples(new short[13_200_000], 16_000).ToArray();

        SpeechToTextResponse heard = await groq.AsISpeechToTextClient().GetTextAsync(new MemoryStream(file));

        handler.Calls.ShouldBeGreaterThan(1);
        heard.Text.ShouldStartWith("part part");
    }

    [Fact]
    public void The_client_says_what_it_is()
    {
        using GroqClient groq = new ScriptedHandler().CreateClient();
        ISpeechToTextClient client = groq.AsISpeechToTextClient("whisper-large-v3");

        var metadata = client.GetService<SpeechToTextClientMetadata>()!;
        metadata.ProviderName.ShouldBe("groq");
        metadata.ProviderUri.ShouldBe(groq.BaseAddress);
        metadata.DefaultModelId.ShouldBe("whisper-large-v3");
        client.GetService<GroqClient>().ShouldBeSameAs(groq);
        client.GetService<AudioClient>().ShouldBeSameAs(groq.Audio);
        client.GetService<ISpeechToTextClient>().ShouldBeSameAs(client);
        client.GetService(typeof(GroqClient), "key").ShouldBeNull();
        client.Dispose();
        groq.AsISpeechToTextClient()
            .GetService<SpeechToTextClientMetadata>()!
            .DefaultModelId.ShouldBe(TranscriptionRequest.DefaultModel);
    }

    private static WavAudio Sent(ScriptedHandler handler)
    {
        byte[] body = handler.Requests.Single().Body.ToArray();
        int from = body.AsSpan().IndexOf("RIFF"u8);
        int to = body.AsSpan().LastIndexOf("\r\n--"u8);
        return WavAudio.Parse(body.AsMemory(from..to));
    }

    private static Stream Open(byte[] content, bool canSeek) =>
        canSeek ? new MemoryStream(content) : new ForwardOnlyStream(content);

    private sealed class ForwardOnlyStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
    }
}
