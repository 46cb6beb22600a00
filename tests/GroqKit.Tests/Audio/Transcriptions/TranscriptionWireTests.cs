using System.Text.Json;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14")]
public sealed class TranscriptionWireTests
{
    private static readonly byte[] Flac = "fLaC and so on"u8.ToArray();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_parameter_goes_out_as_a_form_with_the_file_last()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"text":"hi"}""");
        using GroqClient client = Clients.For(server);

        await client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest
            {
                Audio = AudioInput.FromBytes(Flac, "talk.flac"),
                Model = "whisper-large-v3",
                Language = "de",
                Prompt = "Größe",
                Temperature = 0.25,
                TimestampGranularities = [TimestampGranularity.Word, TimestampGranularity.Segment],
                ExtraBody = new()
                {
                    ["new_thing"] = JsonSerializer.SerializeToElement(3),
                    ["name"] = JsonSerializer.SerializeToElement("x y"),
                },
            },
            cancellationToken: Token
        );

        StubRequest request = server.Requests.Single();
        request.Method.ShouldBe("POST");
        request.Target.ShouldBe("/openai/v1/audio/transcriptions");
        request.Headers["Authorization"].ShouldBe($"Bearer {Clients.Key}");
        request.Headers["Accept"].ShouldBe("application/json");
        request.Headers.Keys.ShouldContain("Content-Length");
        string type = request.Headers["Content-Type"];
        type.ShouldMatch("^multipart/form-data; boundary=[0-9a-f]{32}$");
        Form(request.Body, type)
            .ShouldBe(
                """
                --B
                Content-Disposition: form-data; name="model"

                whisper-large-v3
                --B
                Content-Disposition: form-data; name="response_format"

                verbose_json
                --B
                Content-Disposition: form-data; name="language"

                de
                --B
                Content-Disposition: form-data; name="timestamp_granularities[]"

                word
                --B
                Content-Disposition: form-data; name="timestamp_granularities[]"

                segment
                --B
                Content-Disposition: form-data; name="prompt"

                Größe
                --B
                Content-Disposition: form-data; name="temperature"

                0.25
                --B
                Content-Disposition: form-data; name="new_thing"

                3
                --B
                Content-Disposition: form-data; name="name"

                x y
                --B
                Content-Type: audio/flac
                Content-Disposition: form-data; name="file"; filename="talk.flac"

                fLaC and so on
                --B--

                """
            );
    }

    [Fact]
    public async Task A_translation_goes_to_its_own_address_with_the_model_that_translates()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"text":"hi"}""");
        using GroqClient client = Clients.For(server);

        await client.Audio.Translations.CreateAsync(
            new TranslationRequest { Audio = AudioInput.FromUrl("https://example.com/a.mp3"), Language = "en" },
            cancellationToken: Token
        );

        StubRequest request = server.Requests.Single();
        request.Target.ShouldBe("/openai/v1/audio/translations");
        Form(request.Body, request.Headers["Content-Type"])
            .ShouldBe(
                """
                --B
                Content-Disposition: form-data; name="model"

                whisper-large-v3
                --B
                Content-Disposition: form-data; name="language"

                en
                --B
                Content-Disposition: form-data; name="url"

                https://example.com/a.mp3
                --B--

                """
            );
    }

    [Theory]
    [InlineData("Gespräch 日本.flac", "Gespr_ch __.flac")]
    [InlineData("a\"b.flac", "a_b.flac")]
    [InlineData("talk.oga", "talk.flac")]
    [InlineData(null, "audio.flac")]
    public async Task The_file_name_is_plain_and_ends_in_what_the_content_is(string? name, string sent)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"text":"hi"}""");
        using GroqClient client = Clients.For(server);

        await Transcribe(client, AudioInput.FromBytes(Flac, name));

        server.Requests.Single().Body.ShouldContain($"filename=\"{sent}\"\r\n");
    }

    [Fact]
    public async Task File_bytes_and_streams_all_arrive_as_they_are()
    {
        byte[] audio = [.. "RIFF....WAVE"u8, .. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 % 251))];
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.wav");
        await File.WriteAllBytesAsync(path, audio, Token);
        var received = new List<(byte[] Content, string Name, long? Length)>();
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            long? length = context.Request.ContentLength;
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            using var content = new MemoryStream();
            await form.Files[0].CopyToAsync(content, context.RequestAborted);
            received.Add((content.ToArray(), form.Files[0].FileName, length));
            await AudioServer.JsonAsync(context, """{"text":"hi"}""");
        });
        using GroqClient client = server.Client();
        try
        {
            await using FileStream file = File.OpenRead(path);
            var tail = new MemoryStream([1, 2, 3, .. audio]) { Position = 3 };
            await Transcribe(client, AudioInput.FromFile(path));
            await Transcribe(client, AudioInput.FromStream(file));
            await Transcribe(client, AudioInput.FromBytes(audio));
            await Transcribe(client, AudioInput.FromStream(tail, "x.wav"));
            await Transcribe(client, AudioInput.FromStream(new SlicedStream(audio, 1000)));
            file.CanRead.ShouldBeTrue("the caller's stream stays open");
        }
        finally
        {
            File.Delete(path);
        }

        received.ShouldAllBe(file => file.Content.SequenceEqual(audio));
        received
            .Select(file => file.Name)
            .ShouldBe([Path.GetFileName(path), Path.GetFileName(path), "audio.wav", "x.wav", "audio.wav"]);
        received.Take(4).ShouldAllBe(file => file.Length > audio.Length);
        received[4].Length.ShouldBeNull("what has no known length is sent in chunks");
    }

    [Fact]
    public async Task Base64Url_text_travels_in_the_url_field()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"text":"hi"}""");
        using GroqClient client = Clients.For(server);

        await Transcribe(client, AudioInput.FromBase64Url([0xFB, 0xFF, 0xFE, 0x00]));

        server.Requests.Single().Body.ShouldContain("name=\"url\"\r\n\r\n-__-AA\r\n");
    }

    [Fact]
    public async Task A_verbose_answer_is_read_in_full()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            """
            {"task":"transcribe","language":"English","duration":4.13,"text":" Hello there.",
             "segments":[{"id":0,"seek":0,"start":0,"end":4.13,"text":" Hello there.","tokens":[50365,2425],"temperature":0,
              "avg_logprob":-0.25,"compression_ratio":0.8,"no_speech_prob":0.01,"novel":true}],
             "words":[{"word":"Hello","start":0.1,"end":0.5},{"word":"there.","start":0.6,"end":1.25}],
             "x_groq":{"id":"req_1"},"more":{"a":1}}
            """,
            ("x-request-id", "req_1")
        );
        using GroqClient client = Clients.For(server);

        Transcription answer = await Transcribe(client, AudioInput.FromBytes(Flac));

        answer.Task.ShouldBe("transcribe");
        answer.Language.ShouldBe("English");
        answer.Duration.ShouldBe(4.13);
        answer.Text.ShouldBe(" Hello there.");
        answer.XGroq!.Id.ShouldBe("req_1");
        answer.Metadata.RequestId.ShouldBe("req_1");
        answer.Metadata.Attempts.ShouldBe(1);
        answer.AdditionalProperties!["more"].GetProperty("a").GetInt32().ShouldBe(1);
        TranscriptionSegment segment = answer.Segments!.Single();
        segment.Tokens.ShouldBe([50365, 2425]);
        segment.Confidence!.Value.ShouldBe(Math.Exp(-0.25), 1e-9);
        segment.AdditionalProperties!.ShouldContainKey("novel");
        answer.Confidence!.Value.ShouldBe(Math.Exp(-0.25), 1e-9);
        answer.Words!.Select(word => word.Word).ShouldBe(["Hello", "there."]);
        answer.ToSrt().ShouldBe("1\n00:00:00,000 --> 00:00:04,130\nHello there.\n\n");
        answer.ToVtt(new SubtitleOptions()).ShouldBe("WEBVTT\n\n00:00:00.100 --> 00:00:01.250\nHello there.\n\n");
    }

    [Fact]
    public async Task A_duration_in_quotes_and_segments_of_null_are_accepted()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            """{"text":"hi","duration":"12.5","segments":null,"words":[{"word":"hi","start":0,"end":1}]}"""
        );
        using GroqClient client = Clients.For(server);

        Transcription answer = await Transcribe(client, AudioInput.FromBytes(Flac));

        answer.Duration.ShouldBe(12.5);
        answer.Segments.ShouldBeNull();
        answer.Confidence.ShouldBeNull();
        answer.ToSrt().ShouldContain("00:00:00,000 --> 00:00:01,000\nhi\n");
        Should
            .Throw<InvalidOperationException>(() =>
                answer.ToSrt(new SubtitleOptions { Source = SubtitleSource.Segments })
            )
            .Message.ShouldContain("no segment timestamps");
    }

    [Fact]
    public async Task A_plain_answer_is_its_text()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, " Größe \n", "text/plain; charset=utf-8");
        using GroqClient client = Clients.For(server);

        Transcription answer = await client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest { Audio = AudioInput.FromBytes(Flac), ResponseFormat = TranscriptionFormat.Text },
            cancellationToken: Token
        );

        answer.Text.ShouldBe(" Größe ");
        answer.Metadata.Attempts.ShouldBe(1);
        Should.Throw<InvalidOperationException>(() => answer.ToVtt()).Message.ShouldContain("verbose_json");
    }

    [Fact]
    public async Task An_answer_that_is_not_the_forms_is_a_server_error()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, "[]");
        using GroqClient client = Clients.For(server);

        var error = await Should.ThrowAsync<GroqServerException>(() => Transcribe(client, AudioInput.FromBytes(Flac)));

        error.Body.ShouldBe("[]");
    }

    [Fact]
    public void A_request_stands_in_a_batch_with_its_address()
    {
        var request = new TranscriptionRequest
        {
            Audio = new Uri("https://example.com/a.mp3"),
            Language = "en",
            TimestampGranularities = [TimestampGranularity.Word],
        };

        var attached = new TranscriptionRequest { Audio = AudioInput.FromBytes(Flac) };

        JsonSerializer
            .Serialize(request, Json.GroqJson.Context.TranscriptionRequest)
            .ShouldBe(
                """{"language":"en","timestamp_granularities":["word"],"url":"https://example.com/a.mp3","model":"whisper-large-v3-turbo","response_format":"verbose_json"}"""
            );
        Should
            .Throw<GroqValidationException>(() =>
                JsonSerializer.Serialize(attached, Json.GroqJson.Context.TranscriptionRequest)
            )
            .Parameter.ShouldBe("file");
    }

    private static Task<Transcription> Transcribe(GroqClient client, AudioInput audio) =>
        client.Audio.Transcriptions.CreateAsync(new TranscriptionRequest { Audio = audio }, cancellationToken: Token);

    private static string Form(string body, string contentType) =>
        body.Replace(contentType[(contentType.IndexOf('=') + 1)..], "B", StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal);
}
