using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.Tests.Echo;

/// <summary>A kind from outside the package: this folder is all that it takes.</summary>
internal sealed class EchoProviderFactory : IProviderFactory
{
    public ProviderKind Kind { get; } = new("echo");

    public IReadOnlyList<ProviderService> Services => [ProviderService.Llm];

    public void Validate(ProviderOptions options, ErrorList errors)
    {
        if (options.Settings.TryGetValue("times", out string? times) && !int.TryParse(times, out _))
            errors.Add("settings.times", "must be a whole number.");
    }

    public IProvider Create(ProviderOptions options, ProviderEnvironment environment) =>
        new EchoProvider(options, environment);
}
