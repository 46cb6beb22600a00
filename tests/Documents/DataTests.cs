using System.Text.Json;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Providers.Pricing;
using GroqKit.Simulator.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.RepresentationModel;

namespace GroqKit.Documents;

/// <summary>JSON and YAML that is shown can be read, by whoever it is meant for where that is said.</summary>
[Requirement("DL-03")]
public sealed class DataTests
{
    public static TheoryData<string> Json => Block.Places(block => block.Language == "json");

    public static TheoryData<string> Yaml => Block.Places(block => block.Language == "yaml");

    public static TheoryData<string> Prices => Block.Places(block => block.Fate == "prices");

    public static TheoryData<string> ProviderPrices => Block.Places(block => block.Fate == "provider-prices");

    public static TheoryData<string> Scenarios => Block.Places(block => block.Fate == "scenario");

    public static TheoryData<string> Settings => Block.Places(block => block.Fate == "settings");

    public static TheoryData<string> Configurations => Block.Places(block => block.Fate == "config");

    [Theory]
    [MemberData(nameof(Json))]
    public void Json_reads(string place) => JsonDocument.Parse(Block.At(place).Text).Dispose();

    [Theory]
    [MemberData(nameof(Yaml))]
    public void Yaml_reads(string place)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Block.At(place).Text));
        stream.Documents.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public async Task A_gateway_takes_the_configuration(string place) =>
        await CheckAsync(place, "groqkit.yaml", "GROQKIT_CONFIG");

    [Theory]
    [MemberData(nameof(Prices))]
    public async Task A_gateway_takes_the_prices(string place) =>
        await CheckAsync(place, "prices.json", "GroqKit__Prices");

    [Theory]
    [MemberData(nameof(ProviderPrices))]
    public void The_provider_layer_takes_the_prices(string place) =>
        Should.NotThrow(() => PriceFile.Parse(Block.At(place).Text));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_simulator_plays_the_scenario(string place)
    {
        using var folder = new TempDirectory();
        File.WriteAllText(folder.At("scenario.json"), Block.At(place).Text);

        Should.NotThrow(() => ScenarioScript.Load(folder.At("scenario.json")));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void AddGroq_takes_the_settings(string place)
    {
        var services = new ServiceCollection();
        services.AddGroq(
            new ConfigurationBuilder()
                .AddJsonStream(
                    new MemoryStream(
                        System.Text.Encoding.UTF8.GetBytes(
                            Block.At(place).Text.Replace("gsk_…", "gsk_documents", StringComparison.Ordinal)
                        )
                    )
                )
                .Build()
                .GetSection("Groq")
        );
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<GroqClient>().ShouldNotBeNull();
    }

    private static async Task CheckAsync(string place, string name, string variable)
    {
        using var folder = new TempDirectory();
        await File.WriteAllTextAsync(folder.At(name), Block.At(place).Text, TestContext.Current.CancellationToken);

        (int code, string said) = await GatewayProcess.RunAsync(
            folder.FullPath,
            ["config", "check"],
            [
                (variable, folder.At(name)),
                ("GROQ_API_KEY", "gsk_0123456789"),
                ("GROQ_KEY", "gsk_0123456789"),
                ("DATABASE", "Data Source=documents.db"),
                ("ADMIN_KEY", "a-key-for-this-test"),
            ]
        );

        code.ShouldBe(0, said);
    }
}
