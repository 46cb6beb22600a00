using System.Text.Json;
using GroqKit.Audio;
using GroqKit.Catalog;

namespace GroqKit.Tests.Audio;

[Requirement("CL-15", "CL-22")]
public sealed class SpeechRulesTests
{
    private static readonly SpeechRequest Good = new() { Input = "Hello.", Voice = SpeechVoice.Troy };

    public static TheoryData<string, string, SpeechRequest> Bad =>
        new()
        {
            { "model", "is missing", Good with { Model = "" } },
            { "model", "must not contain spaces", Good with { Model = "a b" } },
            { "model", "is a model for transcription", Good with { Model = "whisper-large-v3" } },
            { "input", "nothing to say", Good with { Input = "" } },
            { "input", "nothing to say", Good with { Input = " \n\t" } },
            { "input", "nothing to say", Good with { Input = null! } },
            { "input", "MaxPieceLength", Good with { MaxPieceLength = 19 } },
            { "input", "PiecesAhead", Good with { PiecesAhead = -1 } },
            { "input", "PiecesAhead", Good with { PiecesAhead = 17 } },
            { "voice", "is missing", Good with { Voice = default } },
            { "voice", "is missing", Good with { Voice = " " } },
            { "voice", "fahad is a voice of canopylabs/orpheus-arabic-saudi", Good with { Voice = SpeechVoice.Fahad } },
            { "voice", "Fritz-PlayAI is a voice of playai-tts", Good with { Voice = "Fritz-PlayAI" } },
            { "response_format", "makes nothing else", Good with { ResponseFormat = SpeechFormat.Mp3 } },
            {
                "response_format",
                "makes nothing else",
                Good with
                {
                    Model = "playai-tts",
                    Voice = "Fritz-PlayAI",
                    ResponseFormat = SpeechFormat.Mp3,
                }
            },
            { "response_format", "is missing", Good with { ResponseFormat = default } },
            {
                "response_format",
                "flac cannot be joined",
                Good with
                {
                    Model = "other",
                    ResponseFormat = SpeechFormat.Flac,
                    MaxPieceLength = 20,
                    Input = "One sentence is here. Another one is here.",
                }
            },
            { "sample_rate", "8000, 16000", Good with { SampleRate = 11025 } },
            { "speed", "0.5 to 5", Good with { Speed = 0.4 } },
            { "speed", "0.5 to 5", Good with { Speed = double.NaN } },
            {
                "voice",
                "has a property for it",
                Good with
                {
                    ExtraBody = new() { ["voice"] = JsonSerializer.SerializeToElement("x") },
                }
            },
            { "x", "no value", Good with { ExtraBody = new() { ["x"] = default } } },
        };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task Bad_input_is_refused_by_name_and_nothing_is_sent(
        string parameter,
        string reason,
        SpeechRequest request
    )
    {
        var transport = new ScriptedHandler();
        using GroqClient client = Clients.For(transport);

        foreach (bool streams in new[] { false, true })
        {
            var error = await Should.ThrowAsync<GroqValidationException>(async () =>
            {
                if (streams)
                    await client.Audio.Speech.StreamAsync(
                        request,
                        cancellationToken: TestContext.Current.CancellationToken
                    );
                else
                    await client.Audio.Speech.CreateAsync(
                        request,
                        cancellationToken: TestContext.Current.CancellationToken
                    );
            });

            error.Parameter.ShouldBe(parameter);
            error.Message.ShouldContain(reason);
            error.Attempts.ShouldBe(0);
        }
        transport.Calls.ShouldBe(0);
    }

    [Fact]
    public void A_voice_that_nobody_knows_is_left_to_the_server() =>
        Should.NotThrow(() => SpeechRules.Check(Good with { Voice = "somebody-new" }));

    [Theory]
    [InlineData("playai-tts", "Fritz-PlayAI", "canopylabs/orpheus-v1-english", "daniel")]
    [InlineData("playai-tts", "arista-playai", "canopylabs/orpheus-v1-english", "diana")]
    [InlineData("playai-tts", "Somebody-PlayAI", "canopylabs/orpheus-v1-english", "autumn")]
    [InlineData("playai-tts-arabic", "Amira-PlayAI", "canopylabs/orpheus-arabic-saudi", "noura")]
    [InlineData("playai-tts-arabic", "nobody", "canopylabs/orpheus-arabic-saudi", "fahad")]
    public void A_retired_model_and_its_voice_are_replaced_with_a_warning(
        string model,
        string voice,
        string newModel,
        string newVoice
    )
    {
        (SpeechRequest request, IReadOnlyList<GroqWarning> warnings) = RetiredVoices.Replace(
            Good with
            {
                Model = model,
                Voice = voice,
            }
        );

        request.Model.ShouldBe(newModel);
        request.Voice.Value.ShouldBe(newVoice);
        warnings
            .Select(warning => (warning.Code, warning.Parameter))
            .ShouldBe([("model_replaced", "model"), ("voice_replaced", "voice")]);
        warnings[0].Message.ShouldContain(model);
        warnings[1].Message.ShouldContain(newVoice);
    }

    [Fact]
    public void A_voice_that_the_successor_has_is_kept()
    {
        (SpeechRequest request, IReadOnlyList<GroqWarning> warnings) = RetiredVoices.Replace(
            Good with
            {
                Model = "playai-tts",
            }
        );

        request.Voice.ShouldBe(SpeechVoice.Troy);
        warnings.Single().Code.ShouldBe("model_replaced");
        RetiredVoices.Replace(Good).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Every_voice_of_a_retired_model_has_a_successor_of_its_own()
    {
        foreach (string model in new[] { "playai-tts", "playai-tts-arabic" })
        {
            foreach (string voice in ModelCatalog.Default.Find(model)!.Voices)
            {
                (SpeechRequest request, _) = RetiredVoices.Replace(Good with { Model = model, Voice = voice });

                RetiredVoices.IsVoiceOf(request.Model, request.Voice).ShouldBeTrue(voice);
            }
        }
    }

    [Fact]
    public void Every_voice_of_the_catalogue_is_listed() =>
        ModelCatalog
            .Default.Models.Where(model => model.Id.StartsWith("canopylabs/", StringComparison.Ordinal))
            .SelectMany(model => model.Voices)
            .ShouldBe(SpeechVoice.Known.ToArray().Select(voice => voice.Value), ignoreOrder: true);
}
