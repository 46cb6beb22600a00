using GroqKit.Http;
using GroqKit.Json;
using GroqKit.Resilience;

namespace GroqKit.Reranking;

/// <summary>Documents ordered by how well they fit a query. Safe for all threads.</summary>
public sealed class RerankingClient
{
    private readonly GroqHttp _http;
    private readonly Uri _reranking;

    internal RerankingClient(GroqHttp http)
    {
        _http = http;
        _reranking = http.Resolve("openai/v1/reranking");
    }

    /// <summary>Orders documents.</summary>
    /// <param name="request">The query and the documents.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<Ranking> CreateAsync(
        RerankRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        RerankRequestRules.Check(request);
        byte[] body = RequestJson.Write(request, GroqJson.Context.RerankRequest);
        return _http.SendAsync(
            HttpMethod.Post,
            _reranking,
            body,
            GroqJson.Context.Ranking,
            options,
            cancellationToken,
            new(null, request.Model, RequestSize.Of(new TextInput(request.Docs)), request)
        );
    }
}
