using GroqKit.Http;
using GroqKit.Json;
using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Embeddings;

/// <summary>Texts to vectors. Safe for all threads.</summary>
public sealed class EmbeddingsClient
{
    private readonly GroqHttp _http;
    private readonly Uri _embeddings;

    internal EmbeddingsClient(GroqHttp http)
    {
        _http = http;
        _embeddings = http.Resolve("openai/v1/embeddings");
    }

    /// <summary>Turns texts into vectors.</summary>
    /// <param name="request">The texts.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<EmbeddingList> CreateAsync(
        EmbeddingRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        EmbeddingRequestRules.Check(request);
        byte[] body = RequestJson.Write(request, GroqJson.Context.EmbeddingRequest);
        return _http.SendAsync(
            HttpMethod.Post,
            _embeddings,
            body,
            GroqJson.Context.EmbeddingList,
            options,
            cancellationToken,
            new(EmbeddingOperation.Instance, request.Model, RequestSize.Of(request.Input), request)
        );
    }
}
