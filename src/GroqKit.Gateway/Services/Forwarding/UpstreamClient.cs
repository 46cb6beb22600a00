using System.Net;
using System.Net.Sockets;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// Sends a call to a provider and returns its answer's head, or throws what the caller should be told. Of the caller's own headers
/// none goes along.
/// </summary>
internal sealed class UpstreamClient(
    HttpMessageInvoker http,
    Deadlines deadlines,
    RateLimitsSeen limits,
    ProviderPace pace,
    TimeProvider time
)
{
    private const string UserAgent = "GroqKit-Gateway/0.1";
    private const int MaxWholeAnswer = 32 * 1024 * 1024;

    /// <param name="method">The method.</param>
    /// <param name="address">Where to.</param>
    /// <param name="provider">Whose key goes along.</param>
    /// <param name="content">The body.</param>
    /// <param name="stream">Whether a stream is asked for.</param>
    /// <param name="lifetime">How long the call may live.</param>
    /// <param name="patience">A shorter wait for the answer to begin, because somebody else is left to ask.</param>
    /// <returns>A successful answer; the caller of this method disposes it.</returns>
    /// <exception cref="GatewayException">No answer, or one that is an error.</exception>
    public async ValueTask<HttpResponseMessage> SendAsync(
        HttpMethod method,
        Uri address,
        Provider provider,
        HttpContent? content,
        bool stream,
        CallLifetime lifetime,
        TimeSpan? patience = null
    )
    {
        await pace.TakeAsync(provider);
        using HttpRequestMessage request = Build(method, address, provider, content, stream);
        HttpResponseMessage answer;
        TimeSpan limit = provider.Timeout ?? deadlines.Headers;
        lifetime.BeginWait(patience < limit ? patience.Value : limit, Outcome.HeadersTimeout);
        try
        {
            answer = await http.SendAsync(request, lifetime.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
        {
            throw Explain(failure, provider.Name, lifetime);
        }
        finally
        {
            lifetime.EndWait();
        }
        limits.Note(answer.Headers);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw provider.Kind == ProviderKind.ElevenLabs
                ? await ElevenLabsError.ReadAsync(answer, provider.Name, lifetime, deadlines.Idle, time)
                : await ProviderError.ReadAsync(answer, provider.Name, lifetime, deadlines.Idle, time);
    }

    /// <summary>Reads the next piece of an answer's body.</summary>
    /// <returns>0 at the end.</returns>
    /// <exception cref="GatewayException">The body broke off, or the call's time is over.</exception>
    public ValueTask<int> ReadAsync(
        Stream body,
        Memory<byte> into,
        string provider,
        CallLifetime lifetime,
        TimeSpan? patience = null
    ) => AnswerBody.ReadAsync(body, into, provider, lifetime, Idle(patience));

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="GatewayException">As for a piece, or it is beyond the size limit.</exception>
    public ValueTask<PooledBody> ReadWholeAsync(
        HttpResponseMessage answer,
        string provider,
        CallLifetime lifetime,
        TimeSpan? patience = null
    ) => AnswerBody.ReadWholeAsync(answer.Content, MaxWholeAnswer, provider, lifetime, Idle(patience));

    private TimeSpan Idle(TimeSpan? patience) => patience < deadlines.Idle ? patience.Value : deadlines.Idle;

    private static HttpRequestMessage Build(
        HttpMethod method,
        Uri address,
        Provider provider,
        HttpContent? content,
        bool stream
    )
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        if (address.Scheme == "https")
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }
        // None of these comes from a caller, and keys are checked when they are set.
        if (provider.KeyHeader is { } key)
            request.Headers.TryAddWithoutValidation(key.Name, key.Value);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", stream ? "text/event-stream" : "application/json");
        return request;
    }

    private static GatewayException Explain(Exception failure, string provider, CallLifetime lifetime) =>
        failure switch
        {
            _ when lifetime.Reason is not null => lifetime.Explain(provider),
            OperationCanceledException => UpstreamErrors.ConnectTimeout(provider, failure),
            HttpRequestException failed when IsConnecting(failed) => UpstreamErrors.Unreachable(provider, failed),
            _ => UpstreamErrors.Cut(provider, failure),
        };

    private static bool IsConnecting(HttpRequestException failed) =>
        failed.HttpRequestError
            is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
        || failed.InnerException is SocketException;
}
