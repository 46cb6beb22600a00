using System.Text.Json;
using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.TextToSpeech;

[Requirement("CL-28", "CL-15")]
public sealed class TextToSpeechOptionsTests
{
    private const string Default =
        """{"model":"canopylabs/orpheus-v1-english","input":"hi","voice":"autumn","response_format":"wav"}""";

    /// <summary>Every option, set alone, and the body that is sent. Null: it fails.</summary>
    private static readonly Dictionary<string, (TextToSpeechOptions Options, string? Body)> Options = new()
    {
        [nameof(TextToSpeechOptions.ModelId)] = (
            new() { ModelId = "canopylabs/orpheus-arabic-saudi" },
            Default.Replace("v1-english", "arabic-saudi").Replace("autumn", "fahad")
        ),
        [nameof(TextToSpeechOptions.VoiceId)] = (new() { VoiceId = "troy" }, Default.Replace("autumn", "troy")),
        [nameof(TextToSpeechOptions.Language)] = (
            new() { Language = "ar-SA" },
            Default.Replace("v1-english", "arabic-saudi").Replace("autumn", "fahad")
        ),
        [nameof(TextToSpeechOptions.AudioFormat)] = (new() { AudioFormat = "audio/x-wav" }, Default),
        [nameof(TextToSpeechOptions.Speed)] = (new() { Speed = 1.1f }, Default.Replace("}", ",\"speed\":1.1}")),
        [nameof(TextToSpeechOptions.Pitch)] = (new() { Pitch = 1 }, null),
        [nameof(TextToSpeechOptions.Volume)] = (new() { Volume = 1 }, null),
        [nameof(TextToSpeechOptions.AdditionalProperties)] = (
            new()
            {
                AdditionalProperties = new() { ["sample_rate"] = 48_000, ["note"] = "another part's" },
            },
            Default.Replace("}", ",\"sample_rate\":48000}")
        ),
        [nameof(TextToSpeechOptions.RawRepresentationFactory)] = (
            new()
            {
                VoiceId = "hidden",
                Speed = 2,
                RawRepresentationFactory = _ => new SpeechRequest
                {
                    Input = "",
                    Voice = "diana",
                    ExtraBody = new() { ["new"] = JsonElement.Parse("1") },
                },
            },
            Default.Replace("autumn", "diana").Replace("}", ",\"speed\":2,\"new\":1}")
        ),
    };

    public static TheoryData<string> Names => [.. Options.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_option_is_sent_or_fails(string option)
    {
        var (options, body) = Options[option];
        ScriptedHandler handler = new ScriptedHandler().Next(ScriptedAnswer.Bytes(Sounds.Wav(1, 2), "audio/wav"));
        using GroqClient groq = handler.CreateClient();
        ITextToSpeechClient client = groq.AsITextToSpeechClient();

        if (body is null)
        {
            (
                await Should.ThrowAsync<NotSupportedException>(() => client.GetAudioAsync("hi", options))
            ).Message.ShouldStartWith($"TextToSpeechOptions.{option}: ");
            Should.Throw<NotSupportedException>(() => client.GetStreamingAudioAsync("hi", options));
            handler.Calls.ShouldBe(0);
            return;
        }
        await client.GetAudioAsync("hi", options);
        JsonElement
            .DeepEquals(handler.Requests.Single().Json, JsonElement.Parse(body))
            .ShouldBeTrue(handler.Requests.Single().Text);
    }

    [Fact]
    public void Every_option_has_its_case() =>
        typeof(TextToSpeechOptions)
            .GetProperties()
            .Select(property => property.Name)
            .ShouldBe(Options.Keys, ignoreOrder: true);

    [Fact]
    public async Task Model_and_voice_of_the_client_serve_calls_that_name_none()
    {
        ScriptedHandler handler = new ScriptedHandler().Otherwise(_ =>
            ScriptedAnswer.Bytes(Sounds.Wav(1), "audio/wav")
        );
        using GroqClient groq = handler.CreateClient();
        ITextToSpeechClient client = groq.AsITextToSpeechClient("canopylabs/orpheus-arabic-saudi", "noura");

        await client.GetAudioAsync("hi");
        await client.GetAudioAsync("hi", new() { ModelId = SpeechRequest.DefaultModel });

        handler.Requests.Select(request => request.Json.GetProperty("voice").GetString()).ShouldBe(["noura", "autumn"]);
    }

    [Theory]
    [InlineData("fr", null)]
    [InlineData("en", "canopylabs/orpheus-arabic-saudi")]
    [InlineData("en", "somebody/new-voice")]
    public async Task A_language_that_the_model_is_not_known_to_speak_is_refused(string language, string? model)
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();

        (
            await Should.ThrowAsync<NotSupportedException>(() =>
                groq.AsITextToSpeechClient().GetAudioAsync("hi", new() { Language = language, ModelId = model })
            )
        ).Message.ShouldStartWith("TextToSpeechOptions.Language: ");
        handler.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData("opus", "response_format")]
    [InlineData("audio/mpeg", "response_format")]
    public async Task A_form_that_the_model_does_not_make_is_refused(string form, string parameter)
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();

        GroqValidationException error = await Should.ThrowAsync<GroqValidationException>(() =>
            groq.AsITextToSpeechClient().GetAudioAsync("hi", new() { AudioFormat = form })
        );

        error.Parameter.ShouldBe(parameter);
        error.Message.ShouldContain("wav");
        handler.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_model_that_nobody_knows_needs_a_voice()
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();

        (
            await Should.ThrowAsync<GroqValidationException>(() =>
                groq.AsITextToSpeechClient("somebody/new-voice").GetAudioAsync("hi")
            )
        ).Parameter.ShouldBe("voice");
        handler.Calls.ShouldBe(0);
    }
}
