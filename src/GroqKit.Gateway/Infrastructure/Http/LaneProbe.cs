using System.Net.Http.Headers;
using System.Text;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Infrastructure.Http;

/// <summary>
/// Tries models out over the HTTP stack that calls use: a chat of one word, or, where a try would cost a recording or a voice, the list of models.
/// </summary>
internal sealed class LaneProbe(HttpMessageInvoker http, IProviderProbe providers) : ILaneProbe
{
    public async Task<bool> WorksAsync(
        Provider provider,
        ServiceKind service,
        string model,
        CancellationToken cancellationToken
    )
    {
        if (service != ServiceKind.Llm)
            return (await providers.CheckAsync(provider, cancellationToken)).Ok;
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.ChatAddress)
        {
            // Model names hold nothing that needs escaping.
            Content = new ByteArrayContent(
                Encoding.ASCII.GetBytes(
                    $$"""{"model":"{{model}}","max_completion_tokens":16,"messages":[{"role":"user","content":"ping"}]}"""
                )
            ),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (provider.Authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", provider.Authorization);
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
