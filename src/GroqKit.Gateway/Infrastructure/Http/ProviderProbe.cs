using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Sync;

namespace GroqKit.Gateway.Infrastructure.Http;

/// <summary>Tries providers out, and asks what they offer, over the HTTP stack that calls use.</summary>
internal sealed class ProviderProbe(HttpMessageInvoker http, TimeProvider time) : IProviderProbe, IModelLister
{
    private const int MaxAnswer = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<ProviderCheck> CheckAsync(Provider provider, CancellationToken cancellationToken) =>
        (await AskAsync(provider, cancellationToken)).Check;

    public async Task<IReadOnlyList<ModelListing>?> ListAsync(Provider provider, CancellationToken cancellationToken) =>
        (await AskAsync(provider, cancellationToken)).Models;

    private async Task<(ProviderCheck Check, IReadOnlyList<ModelListing>? Models)> AskAsync(
        Provider provider,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.ModelsAddress);
        (string name, string? value) =
            provider.Kind == ProviderKind.ElevenLabs
                ? ("xi-api-key", provider.Authorization?["Bearer ".Length..])
                : ("Authorization", provider.Authorization);
        if (value is not null)
            request.Headers.TryAddWithoutValidation(name, value);
        long began = time.GetTimestamp();
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, either.Token);
            double latency = Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 1);
            int status = (int)answer.StatusCode;
            if (!answer.IsSuccessStatusCode)
                return (new ProviderCheck(false, status, Explain(status), latency, null), null);
            IReadOnlyList<ModelListing>? models = await ReadAsync(answer.Content, either.Token);
            return (new ProviderCheck(true, status, null, latency, models?.Count), models);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed("It did not answer within 10 s.");
        }
        catch (HttpRequestException)
        {
            // Nothing of the cause: it would tell open from closed ports.
            return Failed("It could not be reached.");
        }

        (ProviderCheck, IReadOnlyList<ModelListing>?) Failed(string reason) =>
            (
                new ProviderCheck(
                    false,
                    null,
                    reason,
                    Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 1),
                    null
                ),
                null
            );
    }

    private static string Explain(int status) =>
        status switch
        {
            401 or 403 => "It refused the key.",
            404 => "There is no list of models at that address; the base URL may be wrong.",
            _ => $"It answered with status {status}.",
        };

    private static async Task<IReadOnlyList<ModelListing>?> ReadAsync(
        HttpContent content,
        CancellationToken cancellationToken
    )
    {
        if (content.Headers.ContentLength > MaxAnswer)
            return null;
        try
        {
            await using Stream body = await content.ReadAsStreamAsync(cancellationToken);
            using JsonDocument list = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            JsonElement root = list.RootElement;
            JsonElement items =
                root.ValueKind == JsonValueKind.Object && root.TryGetProperty("data", out JsonElement data)
                    ? data
                    : root;
            return items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray().Select(ListedEntry.Read)] : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException or IOException)
        {
            return null;
        }
    }
}
