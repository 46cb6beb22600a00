using GroqKit.Audio;
using GroqKit.Authentication;
using GroqKit.Batches;
using GroqKit.Chat;
using GroqKit.Completions;
using GroqKit.Embeddings;
using GroqKit.Files;
using GroqKit.FineTunings;
using GroqKit.Http;
using GroqKit.Models;
using GroqKit.Raw;
using GroqKit.Reranking;
using GroqKit.Resilience;
using GroqKit.Responses;

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
        Responses = new ResponsesClient(_http);
        Embeddings = new EmbeddingsClient(_http);
        Files = new FilesClient(_http);
        Batches = new BatchesClient(_http, Files);
        Reranking = new RerankingClient(_http);
        FineTunings = new FineTuningsClient(_http);
        Completions = new CompletionsClient(_http);
    }

    /// <summary>Chat completions, whole and streamed.</summary>
    public ChatClient Chat { get; }

    /// <summary>Speech to text and text to speech.</summary>
    public AudioClient Audio { get; }

    /// <summary>The models that the key may call.</summary>
    public ModelsClient Models { get; }

    /// <summary>Responses, whole and streamed.</summary>
    public ResponsesClient Responses { get; }

    /// <summary>Files: the inputs and results of batches, and adapters.</summary>
    public FilesClient Files { get; }

    /// <summary>Many requests at once, at half the price.</summary>
    public BatchesClient Batches { get; }

    /// <summary>Texts to vectors.</summary>
    public EmbeddingsClient Embeddings { get; }

    /// <summary>Documents ordered by how well they fit a query.</summary>
    public RerankingClient Reranking { get; }

    /// <summary>Adapters of your own on Groq's models.</summary>
    public FineTuningsClient FineTunings { get; }

    /// <summary>Texts continued in the form from before chat; not at Groq itself.</summary>
    public CompletionsClient Completions { get; }

    /// <summary>Circuits, rate limits and latencies of the models that were called.</summary>
    public GroqResilience Resilience => _http.Resilience;

    /// <summary>The server, without path.</summary>
    public Uri BaseAddress => _http.Root;

    /// <summary>Begins a client by parts.</summary>
    public static GroqClientBuilder CreateBuilder() => new();

    /// <summary>
    /// Opens connections ahead of the first calls, which then need not wait for name resolution, connection and encryption. Sends one
    /// request without the key for each, and does not mind how it is answered.
    /// </summary>
    /// <param name="connections">
    /// How many, 1 to 100. Over HTTP/2, which Groq speaks, one serves many calls at once. Connections that stay unused are closed after
    /// <see cref="GroqClientOptions.PooledConnectionIdleTimeout"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="GroqNetworkException">The server could not be reached.</exception>
    /// <exception cref="GroqTimeoutException">It was not reached in time; the exception names the phase.</exception>
    public Task WarmUpAsync(int connections = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(connections, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(connections, 100);
        return _http.WarmUpAsync(connections, cancellationToken);
    }

    /// <summary>
    /// Calls any path and returns the answer as it came, with the same authentication, retries and errors as every other call. Nothing is
    /// checked but the path.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Below the server's address, encoded, such as <c>openai/v1/models?limit=1</c>.</param>
    /// <param name="body">What to send. Default: nothing.</param>
    /// <param name="throwOnError">False: an answer that is an error is returned too, once no retry is left. Default true.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The path is not below the server's address; nothing was sent.</exception>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<RawResponse> SendAsync(
        HttpMethod method,
        string path,
        RawBody? body = null,
        bool throwOnError = true,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(method);
        Uri uri = RawPath.Resolve(_http, path);
        return _http.SendRawAsync(method, uri, body?.Content, throwOnError, options, cancellationToken);
    }

    /// <summary>Calls any path and returns once the answer's headers are there; its body, of any size and type, follows in the stream.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Below the server's address, encoded, such as <c>openai/v1/files/file_1/content</c>.</param>
    /// <param name="body">What to send. Default: nothing.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call and the stream.</param>
    /// <returns>The body, to be disposed of.</returns>
    /// <exception cref="GroqValidationException">The path is not below the server's address; nothing was sent.</exception>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<ContentStream> OpenAsync(
        HttpMethod method,
        string path,
        RawBody? body = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(method);
        Uri uri = RawPath.Resolve(_http, path);
        return _http.OpenContentAsync(method, uri, body?.Content, options, cancellationToken);
    }

    /// <summary>Closes the connections. Calls under way fail.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Names the server; shows no secret.</summary>
    public override string ToString() => $"{nameof(GroqClient)}({_http.Root})";
}
