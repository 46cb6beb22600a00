using System.Collections.Concurrent;
using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Services.Models;

/// <summary>
/// The models that providers list. A list is asked for at most once a minute, because interfaces ask often and models come seldom; while a
/// provider can't be asked, its last list stands. Thread-safe.
/// </summary>
internal sealed class ModelDirectory(HttpMessageInvoker http, TimeProvider time)
{
    private const int MaxAnswer = 8 * 1024 * 1024;
    private const int MaxProviders = 1000;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Provider, Known> _known = new();

    /// <returns>Null when the provider never told them and can't be asked now.</returns>
    public async ValueTask<IReadOnlyList<ModelListing>?> ListAsync(
        Provider provider,
        CancellationToken cancellationToken
    )
    {
        bool seen = _known.TryGetValue(provider, out Known? known);
        if (seen && time.GetElapsedTime(known!.AskedAt) < Fresh)
            return known.Models;
        IReadOnlyList<ModelListing>? models = await AskAsync(provider, cancellationToken) ?? known?.Models;
        // A snapshot with a changed provider leaves the old one here; starting anew now and then bounds that.
        if (_known.Count >= MaxProviders)
            _known.Clear();
        if (models is not null)
            _known[provider] = new Known(time.GetTimestamp(), models);
        return models;
    }

    private async Task<IReadOnlyList<ModelListing>?> AskAsync(Provider provider, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.ModelsAddress);
        if (provider.KeyHeader is { } key)
            request.Headers.TryAddWithoutValidation(key.Name, key.Value);
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, either.Token);
            if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentLength > MaxAnswer)
                return null;
            await using Stream body = await answer.Content.ReadAsStreamAsync(either.Token);
            using JsonDocument list = await JsonDocument.ParseAsync(body, cancellationToken: either.Token);
            return Read(list.RootElement, provider);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or JsonException or GatewayException
                || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return null;
        }
    }

    // OpenAI's dialect has {data: [{id}]}, ElevenLabs a bare array of {model_id}.
    private static IReadOnlyList<ModelListing>? Read(JsonElement list, Provider provider)
    {
        JsonElement items = list;
        // An object without a list is an empty one, as OpenAI's own clients take it.
        if (list.ValueKind == JsonValueKind.Object && !list.TryGetProperty("data", out items))
            return [];
        if (items.ValueKind != JsonValueKind.Array)
            return null;
        return
        [
            .. from item in items.EnumerateArray()
            where item.ValueKind == JsonValueKind.Object
            let id = IdOf(item)
            where id is not null && ModelName.IsWellFormed(id)
            select new ModelListing(
                provider,
                id,
                JsonRequest.Read(System.Text.Encoding.UTF8.GetBytes(item.GetRawText()))
            ),
        ];
    }

    private static string? IdOf(JsonElement item) =>
        (item.TryGetProperty("id", out JsonElement id) || item.TryGetProperty("model_id", out id))
        && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    private sealed record Known(long AskedAt, IReadOnlyList<ModelListing> Models);
}
