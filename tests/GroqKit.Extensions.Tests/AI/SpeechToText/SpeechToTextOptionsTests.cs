using System.Text;
using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.SpeechToText;

[Requirement("CL-28", "CL-14")]
public sealed class SpeechToTextOptionsTests
{
    private const string Heard = """{"text":"hello"}""";

    /// <summary>Every option, set alone, and the fields that are sent. Null: it fails.</summary>
    private static readonly Dictionary<string, (SpeechToTextOptions Options, string? Fields)> Options = new()
    {
        [nameof(SpeechToTextOptions.ModelId)] = (new() { ModelId = "whisper-large-v3" }, "model=whisper-large-v3"),
        [nameof(SpeechToTextOptions.SpeechLanguage)] = (new() { SpeechLanguage = "de-AT" }, "language=de"),
        [nameof(SpeechToTextOptions.SpeechSampleRate)] = (new() { SpeechSampleRate = 16_000 }, ""),
        [nameof(SpeechToTextOptions.TextLanguage)] = (new() { TextLanguage = "fr" }, null),
        [nameof(SpeechToTextOptions.AdditionalProperties)] = (
            new()
            {
                AdditionalProperties = new()
                {
                    ["prompt"] = "Groq",
                    ["temperature"] = 0.5,
                    ["timestamp_granularities"] = new[] { "word", "segment" },
                    ["note"] = "another part's",
                },
            },
            "prompt=Groq;temperature=0.5;timestamp_granularities[]=word;timestamp_granularities[]=segment"
        ),
        [nameof(SpeechToTextOptions.RawRepresentationFactory)] = (
            new()
            {
                ModelId = "hidden",
                AdditionalProperties = new() { ["prompt"] = "hidden", ["temperature"] = 0.5 },
                RawRepresentationFactory = _ => new TranscriptionRequest
                {
                    Audio = AudioInput.FromBytes(Array.Empty<byte>()),
                    Model = "whisper-large-v3",
                    Prompt = "mine",
                },
            },
            "model=whisper-large-v3;prompt=mine;temperature=0.5"
        ),
    };

    public static TheoryData<string> Names => [.. Options.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_option_is_sent_or_fails(string option)
    {
        var (options, fields) = Options[option];
        ScriptedHandler handler = new ScriptedHandler().Next(200, Heard);
        using GroqClient groq = handler.CreateClient();
        ISpeechToTextClient client = groq.AsISpeechToTextClient();

        if (fields is null)
        {
            (
                await Should.ThrowAsync<NotSupportedException>(() => client.GetTextAsync(Sounds.Speech(), options))
            ).Message.ShouldStartWith($"SpeechToTextOptions.{option}: ");
            Should.Throw<NotSupportedException>(() => client.GetStreamingTextAsync(Sounds.Speech(), options));
            handler.Calls.ShouldBe(0);
            return;
        }
        await client.GetTextAsync(Sounds.Speech(), options);
        RecordedRequest request = handler.Requests.Single();
        request.Path.ShouldBe("/openai/v1/audio/transcriptions");
        string expected = fields.StartsWith("model=", StringComparison.Ordinal)
            ? fields
            : $"model=whisper-large-v3-turbo;{fields}";
        Fields(request)
            .ShouldBe(
                [.. expected.Split(';', StringSplitOptions.RemoveEmptyEntries), "response_format=verbose_json"],
                ignoreOrder: true
            );
    }

    [Fact]
    public void Every_option_has_its_case() =>
        typeof(SpeechToTextOptions)
            .GetProperties()
            .Select(property => property.Name)
            .ShouldBe(Options.Keys, ignoreOrder: true);

    [Theory]
    [InlineData(null, "en")]
    [InlineData("de", "en-GB")]
    public async Task English_text_of_another_language_is_a_translation(string? speech, string text)
    {
        ScriptedHandler handler = new ScriptedHandler().Next(200, Heard);
        using GroqClient groq = handler.CreateClient();

        await groq.AsISpeechToTextClient()
            .GetTextAsync(Sounds.Speech(), new() { SpeechLanguage = speech, TextLanguage = text });

        RecordedRequest request = handler.Requests.Single();
        request.Path.ShouldBe("/openai/v1/audio/translations");
        Fields(request).ShouldBe(["model=whisper-large-v3", "response_format=verbose_json"], ignoreOrder: true);
    }

    [Fact]
    public async Task Text_in_the_language_of_the_speech_is_no_translation()
    {
        ScriptedHandler handler = new ScriptedHandler().Next(200, Heard);
        using GroqClient groq = handler.CreateClient();

        await groq.AsISpeechToTextClient()
            .GetTextAsync(Sounds.Speech(), new() { SpeechLanguage = "fr-FR", TextLanguage = "fr" });

        handler.Requests.Single().Path.ShouldBe("/openai/v1/audio/transcriptions");
    }

    [Fact]
    public async Task A_translation_request_of_ones_own_translates()
    {
        ScriptedHandler handler = new ScriptedHandler().Next(200, Heard);
        using GroqClient groq = handler.CreateClient();
        ISpeechToTextClient client = groq.AsISpeechToTextClient();
        ISpeechToTextClient? asked = null;

        await client.GetTextAsync(
            Sounds.Speech(),
            new()
            {
                RawRepresentationFactory = given =>
                {
                    asked = given;
                    return new TranslationRequest
                    {
                        Audio = AudioInput.FromBytes(Array.Empty<byte>()),
                        ResponseFormat = TranscriptionFormat.Json,
                    };
                },
            }
        );

        asked.ShouldBeSameAs(client);
        handler.Requests.Single().Path.ShouldBe("/openai/v1/audio/translations");
        Fields(handler.Requests.Single())
            .ShouldBe(["model=whisper-large-v3", "response_format=json"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_property_of_the_wrong_kind_is_named_and_nothing_is_sent()
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();

        (
            await Should.ThrowAsync<GroqValidationException>(() =>
                groq.AsISpeechToTextClient()
                    .GetTextAsync(Sounds.Speech(), new() { AdditionalProperties = new() { ["temperature"] = "warm" } })
            )
        ).Parameter.ShouldBe("temperature");
        handler.Calls.ShouldBe(0);
    }

    /// <summary>The text fields of a form, as <c>name=value</c>.</summary>
    private static IEnumerable<string> Fields(RecordedRequest request)
    {
        string body = Encoding.Latin1.GetString(request.Body.Span);
        string boundary = body[..body.IndexOf("\r\n", StringComparison.Ordinal)];
        foreach (string part in body.Split(boundary))
        {
            string[] halves = part.Split("\r\n\r\n", 2);
            if (halves.Length < 2 || halves[0].Contains("filename", StringComparison.Ordinal))
                continue;
            string name = halves[0].Split("name=")[1].Split("\r\n")[0].Split(';')[0].Trim('"');
            yield return $"{name}={halves[1].TrimEnd('\r', '\n')}";
        }
    }
}
