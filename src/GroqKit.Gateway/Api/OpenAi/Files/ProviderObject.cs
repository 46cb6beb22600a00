using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Files;

/// <summary>Asks a provider for something it keeps, and reads its answer as an object.</summary>
internal sealed class ProviderObject(UpstreamClient upstream)
{
    /// <returns>The members of the answer, in memory of their own.</returns>
    /// <exception cref="GatewayException">No answer, or one that is an error.</exception>
    public async Task<JsonRequest> AskAsync(
        Exchange exchange,
        HttpMethod method,
        Provider provider,
        string path,
        HttpContent? content = null
    )
    {
        using HttpResponseMessage answer = await upstream.SendAsync(
            method,
            provider.AddressOf(path),
            provider,
            content,
            stream: false,
            exchange.Lifetime
        );
        using PooledBody body = await upstream.ReadWholeAsync(answer, provider.Name, exchange.Lifetime);
        try
        {
            return JsonRequest.Read(body.Span.ToArray());
        }
        catch (GatewayException unreadable)
        {
            throw UpstreamErrors.Malformed(provider.Name, unreadable);
        }
    }

    /// <summary>The id in an answer.</summary>
    /// <exception cref="GatewayException">There is none.</exception>
    public static string IdIn(JsonRequest answer, Provider provider) =>
        answer.Text("id") ?? throw UpstreamErrors.Malformed(provider.Name);
}
