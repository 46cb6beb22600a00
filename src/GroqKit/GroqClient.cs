using GroqKit.Audio;
using GroqKit.Authentication;
using GroqKit.Chat;
using GroqKit.Http;
using GroqKit.Models;
using GroqKit.Resilience;

namespace GroqKit;

/// <summary>
/// Access to Groq. Immutable and safe for all threads: make one and keep it. Disposing of it closes its connections; a transport that was passed in
/// stays open.
/// </summary>
public sealed class GroqClient : IDisposable
{
    private readonly GroqHttp _http;

    /// <summary>Takes everything from the environment: <c>GROQ_API_KEY</c>, <c>GROQ_BASE_URL</c>, <c>GROQ_HOST</c>.</summary>
    /// <exception cref="GroqConfigurationException">The environment is not complete or not valid.</exception>
    public GroqClient()
        : this(new GroqClientOptions()) { }

    /// <summary>Takes a key, the rest from the environment.</summary>
    /// <param name="apiKey">The key.</param>
    /// <exception cref="GroqConfigurationException">The key is not well formed.</exception>
    public GroqClient(ApiKey apiKey)
        : this(new GroqClientOptions { ApiKey = apiKey ?? throw new ArgumentNullException(nameof(apiKey)) }) { }

    /// <summary>Takes options; key and address, where they are not set, from the environment.</summary>
    /// <param name="options">The options. Later changes have no effect.</param>
    /// <exception cref="GroqConfigurationException">Something is wrong; it lists everything.</exception>
    public GroqClient(GroqClientOptions options)
        : this(options, Environment.GetEnvironmentVariable) { }

    internal GroqClient(GroqClientOptions options, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> errors = options.Validate(environment);
        if (errors.Count > 0)
            throw new GroqConfigurationException(errors);
        GroqAddress.TryParse(options.FindBaseUrl(environment), out GroqAddress address);
        IGroqAuthentication authentication =
            options.Authentication ?? new ApiKeyAuthentication(options.FindKey(environment)!);
        _http = new GroqHttp(options, address, authentication, environment);
        Chat = new ChatClient(_http);
        Audio = new AudioClient(_http);
        Models = new ModelsClient(_http);
    }

    /// <summary>Chat completions, whole and streamed.</summary>
    public ChatClient Chat { get; }

    /// <summary>Speech to text and text to speech.</summary>
    public AudioClient Audio { get; }

    /// <summary>The models that the key may call.</summary>
    public ModelsClient Models { get; }

    /// <summary>Circuits, rate limits and latencies of the models that were called.</summary>
    public GroqResilience Resilience => _http.Resilience;

    /// <summary>The server, without path.</summary>
    public Uri BaseAddress => _http.Root;

    /// <summary>Begins a client by parts.</summary>
    public static GroqClientBuilder CreateBuilder() => new();

    /// <summary>Closes the connections. Calls under way fail.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Names the server; shows no secret.</summary>
    public override string ToString() => $"{nameof(GroqClient)}({_http.Root})";
}
