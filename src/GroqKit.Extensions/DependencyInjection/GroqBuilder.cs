using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace GroqKit.Extensions.DependencyInjection;

internal sealed class GroqBuilder(IServiceCollection services, string? name) : IGroqBuilder
{
    private readonly string _optionsName = name ?? Microsoft.Extensions.Options.Options.DefaultName;

    public string? Name => name;

    public IServiceCollection Services => services;

    /// <summary>Adds what every name needs, once.</summary>
    public void Register()
    {
        OptionsBuilder<GroqClientOptions> options = services.AddOptions<GroqClientOptions>(_optionsName);
        if (services.Any(service => service.ImplementationInstance is Registered known && known.Name == name))
            return;
        services.AddSingleton(new Registered(name));
        services.AddSingleton<IValidateOptions<GroqClientOptions>>(new GroqOptionsValidator(_optionsName));
        services.TryAddSingleton<KeyReloads>();
        options
            .Configure<IServiceProvider>(
                static (options, provider) =>
                    options.TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System
            )
            .ValidateOnStart();
    }

    public IGroqBuilder Configure(Action<GroqClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(_optionsName, configure);
        return this;
    }

    public IGroqBuilder Configure(Action<IServiceProvider, GroqClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services
            .AddOptions<GroqClientOptions>(_optionsName)
            .Configure<IServiceProvider>((options, provider) => configure(provider, options));
        return this;
    }

    public IGroqBuilder Configure(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var source = new GroqSection(_optionsName, section);
        services.AddSingleton<IConfigureOptions<GroqClientOptions>>(source);
        services.AddSingleton<IConfigureOptions<GroqChatSettings>>(source);
        services.AddSingleton<IValidateOptions<GroqClientOptions>>(source);
        services.AddSingleton(new ReloadableSection(_optionsName, section));
        return this;
    }

    public IGroqBuilder WithTransport(Func<IServiceProvider, HttpMessageHandler> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        // Under a key that nobody else can have, so that the container makes it once and disposes of it.
        object key = new();
        services.AddKeyedSingleton(key, (provider, _) => create(provider));
        return Configure(
            (provider, options) => options.Transport = provider.GetRequiredKeyedService<HttpMessageHandler>(key)
        );
    }

    public IGroqBuilder WithModel(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        services.PostConfigure<GroqChatSettings>(_optionsName, settings => settings.Model = model);
        return this;
    }

    public IGroqBuilder WithChat(GroqChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.Configure<GroqChatSettings>(_optionsName, settings => settings.Options = options);
        return this;
    }

    private sealed record Registered(string? Name);
}
