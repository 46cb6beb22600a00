using GroqKit;
using GroqKit.Extensions.DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Groq in a container.</summary>
/// <remarks>
/// Each name has one <see cref="GroqClient"/> for the container's life and one <see cref="IChatClient"/> over it; the client without a name is found
/// plainly, the others as keyed services. Options are checked when the host starts, and again when a client is first made: one
/// <see cref="OptionsValidationException"/> lists every error. What is not set comes from the environment (<c>GROQ_API_KEY</c>,
/// <c>GROQ_BASE_URL</c>, <c>GROQ_HOST</c>). Services that were registered before stay.
/// </remarks>
public static class GroqServiceCollectionExtensions
{
    /// <summary>Adds the client without a name.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Changes the options. Null: everything comes from the environment.</param>
    public static IGroqBuilder AddGroq(this IServiceCollection services, Action<GroqClientOptions>? configure = null)
    {
        GroqBuilder builder = Add(services, null);
        return configure is null ? builder : builder.Configure(configure);
    }

    /// <summary>Adds the client without a name, with options from a section.</summary>
    /// <param name="services">The container.</param>
    /// <param name="section">The section, for example <c>configuration.GetSection("Groq")</c>.</param>
    public static IGroqBuilder AddGroq(this IServiceCollection services, IConfiguration section) =>
        Add(services, null).Configure(section);

    /// <summary>Adds a client under a name.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key under which client and chat are found.</param>
    /// <param name="configure">Changes the options. Null: everything comes from the environment.</param>
    public static IGroqBuilder AddGroq(
        this IServiceCollection services,
        string name,
        Action<GroqClientOptions>? configure = null
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        GroqBuilder builder = Add(services, name);
        return configure is null ? builder : builder.Configure(configure);
    }

    /// <summary>Adds a client under a name, with options from a section.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key under which client and chat are found.</param>
    /// <param name="section">The section.</param>
    public static IGroqBuilder AddGroq(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(services, name).Configure(section);
    }

    private static GroqBuilder Add(IServiceCollection services, string? name)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new GroqBuilder(services, name);
        builder.Register();
        if (name is null)
        {
            services.TryAddSingleton(provider => CreateClient(provider, null));
            services.TryAddSingleton(provider => CreateChat(provider, null));
        }
        else
        {
            services.TryAddKeyedSingleton(name, (provider, _) => CreateClient(provider, name));
            services.TryAddKeyedSingleton(name, (provider, _) => CreateChat(provider, name));
        }
        return builder;
    }

    private static GroqClient CreateClient(IServiceProvider provider, string? name)
    {
        name ??= Microsoft.Extensions.Options.Options.DefaultName;
        // Options of the client's own: what is changed here is nobody else's.
        GroqClientOptions options = provider.GetRequiredService<IOptionsFactory<GroqClientOptions>>().Create(name);
        if (options is { Authentication: null, ApiKey: { } key })
            options.Authentication = provider.GetRequiredService<KeyReloads>().Watch(name, key);
        return new GroqClient(options);
    }

    private static IChatClient CreateChat(IServiceProvider provider, string? name)
    {
        GroqClient client = provider.GetGroqClient(name);
        GroqChatSettings settings = provider
            .GetRequiredService<IOptionsMonitor<GroqChatSettings>>()
            .Get(name ?? Microsoft.Extensions.Options.Options.DefaultName);
        GroqChatClientOptions options = settings.Options;
        return client.AsIChatClient(
            settings.Model,
            options with
            {
                Logger = options.Logger ?? provider.GetService<ILoggerFactory>()?.CreateLogger("GroqKit.Chat"),
            }
        );
    }
}
