using GroqKit.Audio;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Matrix;

/// <summary>Content that one provider refuses is not carried to the next until someone takes it.</summary>
[Requirement("PR-09")]
public sealed class RefusedContentTests
{
    private const string OpenAIShape =
        """{"error":{"message":"Not this.","type":"invalid_request_error","code":"content_filter"}}""";

    private const string ElevenLabsShape =
        """{"detail":{"type":"validation_error","code":"content_policy_violation","message":"Not this."}}""";

    [Theory(Timeout = 60_000)]
    [InlineData("groq", ProviderService.Llm)]
    [InlineData("groq", ProviderService.SpeechToText)]
    [InlineData("groq", ProviderService.TextToSpeech)]
    [InlineData("openai", ProviderService.Llm)]
    [InlineData("openai", ProviderService.SpeechToText)]
    [InlineData("openai", ProviderService.TextToSpeech)]
    [InlineData("elevenlabs", ProviderService.SpeechToText)]
    [InlineData("elevenlabs", ProviderService.TextToSpeech)]
    public async Task Refused_content_never_reaches_the_second(string kind, ProviderService service)
    {
        await using StubServer refusing = await StubServer.StartAsync();
        await using StubServer willing = await StubServer.StartAsync();
        refusing.Next(400, kind == "elevenlabs" ? ElevenLabsShape : OpenAIShape);
        using ProviderSet providers = ProviderRegistry.Default.Create([
            Options("first", kind, refusing),
            Options("second", kind, willing),
        ]);
        FallbackTarget[] chain =
        [
            .. providers.All.Select(provider => new FallbackTarget(provider, provider.DefaultModel(service) ?? "m")),
        ];

        FallbackException error = await Should.ThrowAsync<FallbackException>(() => AskAsync(chain, service));

        error.Failure.ShouldBe(ProviderFailure.ContentFilter);
        error.Trace.Steps.ShouldHaveSingleItem().Reason!.ShouldContain("Not this.");
        willing.Requests.ShouldBeEmpty();
    }

    private static Task AskAsync(FallbackTarget[] chain, ProviderService service)
    {
        var engine = new FallbackEngine();
        var recording = new MemoryStream(new WavAudio(WavFormat.Pcm16(16_000), new byte[32_000]).ToArray());
        return service switch
        {
            ProviderService.Llm => engine.CreateChatClient(chain).GetResponseAsync("hello"),
            ProviderService.SpeechToText => engine.CreateSpeechToTextClient(chain).GetTextAsync(recording),
            _ => engine.CreateTextToSpeechClient(chain).GetAudioAsync("hello"),
        };
    }

    private static ProviderOptions Options(string name, string kind, StubServer server) =>
        new()
        {
            Name = name,
            Kind = kind,
            ApiKey = "key",
            BaseUrl = server.Address,
            MaxRetries = 0,
            Voices = new Dictionary<string, string> { ["default"] = "hannah" },
        };
}
