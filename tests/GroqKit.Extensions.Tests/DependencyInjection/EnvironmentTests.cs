using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GroqKit.Extensions.Tests.DependencyInjection;

/// <summary>Alone, since the environment belongs to the whole process.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class EnvironmentCollection;

[Collection<EnvironmentCollection>]
[Requirement("CL-03", "CL-28")]
public sealed class EnvironmentTests : IDisposable
{
    private readonly string? _key = Environment.GetEnvironmentVariable("GROQ_API_KEY");
    private readonly string? _host = Environment.GetEnvironmentVariable("GROQ_HOST");
    private readonly string? _url = Environment.GetEnvironmentVariable("GROQ_BASE_URL");

    [Fact]
    public void What_is_not_set_comes_from_the_environment()
    {
        Set("gsk_env", "127.0.0.1:9", null);
        using ServiceProvider services = new ServiceCollection().AddGroq().Services.BuildServiceProvider();

        services.GetRequiredService<GroqClient>().BaseAddress.ToString().ShouldBe("http://127.0.0.1:9/");
    }

    [Fact]
    public void A_key_that_is_nowhere_is_an_error_at_start()
    {
        Set(null, null, null);
        using ServiceProvider services = new ServiceCollection().AddGroq().Services.BuildServiceProvider();

        Should
            .Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate())
            .Failures.ShouldHaveSingleItem()
            .ShouldStartWith("ApiKey is missing");
    }

    public void Dispose() => Set(_key, _host, _url);

    private static void Set(string? key, string? host, string? url)
    {
        Environment.SetEnvironmentVariable("GROQ_API_KEY", key);
        Environment.SetEnvironmentVariable("GROQ_HOST", host);
        Environment.SetEnvironmentVariable("GROQ_BASE_URL", url);
    }
}
