using GroqKit;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Goes on with one client that was added to a container.</summary>
public interface IGroqBuilder
{
    /// <summary>The client's name and key in the container; null for the one without.</summary>
    string? Name { get; }

    /// <summary>The container.</summary>
    IServiceCollection Services { get; }

    /// <summary>Changes options. Steps run in the order in which they were added; the last one wins.</summary>
    /// <param name="configure">Changes the options.</param>
    IGroqBuilder Configure(Action<GroqClientOptions> configure);

    /// <summary>Changes options by what the container holds, for example a transport or a vault.</summary>
    /// <param name="configure">Changes the options.</param>
    IGroqBuilder Configure(Action<IServiceProvider, GroqClientOptions> configure);

    /// <summary>
    /// Reads options from a section: <c>ApiKey</c>, <c>BaseUrl</c>, <c>Timeout</c>, <c>Retry:MaxRetries</c>, <c>Headers:x-name</c> and so on, as
    /// <see cref="GroqClientOptions"/> has them; <c>Resilience</c>, the name of a preset that the other settings then change; and <c>Model</c>, the
    /// model of chats that name none. Durations are <c>00:01:30</c>. When the configuration is reloaded, a new key serves from the next attempt on;
    /// everything else stays as it was when the client was made, and so does the key while anything in the section is wrong.
    /// </summary>
    /// <param name="section">The section. What is not an option, or cannot be read, is an error at start.</param>
    IGroqBuilder Configure(IConfiguration section);

    /// <summary>
    /// Sets what sends the requests, in place of the client's own handler: to put handlers of one's own in front of a
    /// <see cref="SocketsHttpHandler"/>, or to take one from a factory. It answers for redirects, cookies, pooling and certificates.
    /// </summary>
    /// <param name="create">Makes the handler, once; the container disposes of it.</param>
    IGroqBuilder WithTransport(Func<IServiceProvider, HttpMessageHandler> create);

    /// <summary>Sets the model of chats that name none. Beats the configuration's.</summary>
    /// <param name="model">A model's id.</param>
    IGroqBuilder WithModel(string model);

    /// <summary>Sets how chat options are translated.</summary>
    /// <param name="options">The options.</param>
    IGroqBuilder WithChat(GroqChatClientOptions options);
}
