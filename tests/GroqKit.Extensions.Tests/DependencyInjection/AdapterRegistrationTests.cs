using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Extensions.Tests.DependencyInjection;

[Requirement("CL-28")]
public sealed class AdapterRegistrationTests
{
    [Fact]
    public void Each_adapter_stands_on_the_client_of_its_name()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddGroq(Configure)
            .AddEmbeddingGenerator("e/one", 3)
            .AddSpeechToTextClient()
            .AddTextToSpeechClient()
            .Services.AddGroq("fast", Configure)
            .AddEmbeddingGenerator("e/two")
            .AddSpeechToTextClient("whisper-large-v3")
            .AddTextToSpeechClient("canopylabs/orpheus-arabic-saudi", "noura")
            .Services.BuildServiceProvider(validateScopes: true);

        foreach (string? name in new[] { null, "fast" })
        {
            GroqClient groq = Find<GroqClient>(services, name);
            Find<IEmbeddingGenerator<string, Embedding<float>>>(services, name)
                .GetService<GroqClient>()
                .ShouldBeSameAs(groq);
            Find<ISpeechToTextClient>(services, name).GetService<GroqClient>().ShouldBeSameAs(groq);
            Find<ITextToSpeechClient>(services, name).GetService<GroqClient>().ShouldBeSameAs(groq);
            Find<ITextToSpeechClient>(services, name).ShouldBeSameAs(Find<ITextToSpeechClient>(services, name));
        }
        Find<IEmbeddingGenerator<string, Embedding<float>>>(services, "fast")
            .GetService<EmbeddingGeneratorMetadata>()!
            .DefaultModelId.ShouldBe("e/two");
        Find<ISpeechToTextClient>(services, "fast")
            .GetService<SpeechToTextClientMetadata>()!
            .DefaultModelId.ShouldBe("whisper-large-v3");
        Find<ITextToSpeechClient>(services, null)
            .GetService<TextToSpeechClientMetadata>()!
            .DefaultModelId.ShouldBe("canopylabs/orpheus-v1-english");
    }

    [Fact]
    public void What_was_registered_before_stays_and_what_was_not_asked_for_is_not_there()
    {
        using GroqClient other = new ScriptedHandler().CreateClient();
        ISpeechToTextClient mine = other.AsISpeechToTextClient();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton(mine)
            .AddGroq(Configure)
            .AddSpeechToTextClient()
            .Services.BuildServiceProvider();

        services.GetRequiredService<ISpeechToTextClient>().ShouldBeSameAs(mine);
        services.GetService<ITextToSpeechClient>().ShouldBeNull();
    }

    private static T Find<T>(IServiceProvider services, string? name)
        where T : notnull =>
        name is null ? services.GetRequiredService<T>() : services.GetRequiredKeyedService<T>(name);

    private static void Configure(GroqClientOptions options) => options.Authentication = new AlwaysAuthenticated();
}
