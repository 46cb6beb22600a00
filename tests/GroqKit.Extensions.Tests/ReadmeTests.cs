using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GroqKit.Extensions.Tests;

/// <summary>The readme's programs, compiled; and its configuration, read.</summary>
[Requirement("CL-28")]
public sealed class ReadmeTests
{
    [Fact]
    public void Every_program_of_the_readme_stands_here()
    {
        string here = Squeeze(File.ReadAllText(Repository.At("tests", "GroqKit.Extensions.Tests", "ReadmeTests.cs")));
        string[] programs = [.. Blocks("csharp")];

        programs.Length.ShouldBe(2);
        foreach (string program in programs)
            here.ShouldContain(Squeeze(program));
    }

    [Fact]
    public void The_configuration_of_the_readme_is_valid()
    {
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Blocks("json").Single()));
        IConfiguration configuration = new ConfigurationBuilder().AddJsonStream(json).Build();
        var services = new ServiceCollection();
        configuration["Groq:ApiKey"] = "gsk_test";
        configuration["Fast:ApiKey"] = "gsk_test";
        Register(services, configuration);
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();

        GroqClientOptions options = provider.GetRequiredService<IOptions<GroqClientOptions>>().Value;
        options.Hedging.Enabled.ShouldBeTrue();
        options.RateLimits.TokensPerMinute.ShouldBe(100_000);
        provider.GetRequiredKeyedService<IChatClient>("fast").ShouldNotBeNull();
        provider.GetRequiredService<ITextToSpeechClient>().ShouldNotBeNull();
    }

    private static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddGroq(configuration.GetSection("Groq"))
            .WithModel("openai/gpt-oss-120b")
            .AddEmbeddingGenerator("nomic-embed-text-v1_5")
            .AddSpeechToTextClient()
            .AddTextToSpeechClient(voice: "troy");

        services.AddGroq("fast", configuration.GetSection("Fast")).WithModel("openai/gpt-oss-20b");
    }

    internal static async Task ByHandAsync()
    {
        using var groq = new GroqClient();
        IChatClient chat = groq.AsIChatClient("openai/gpt-oss-120b");

        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync("Why is the sky blue?"))
            Console.Write(update.Text);
    }

    private static IEnumerable<string> Blocks(string language) =>
        File.ReadAllText(Repository.At("src", "GroqKit.Extensions", "README.md"))
            .Split($"```{language}\n")
            .Skip(1)
            .Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);

    private static string Squeeze(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
