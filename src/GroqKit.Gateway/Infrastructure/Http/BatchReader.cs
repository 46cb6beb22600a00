using System.Net;
using System.Text.Json;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Sync;

namespace GroqKit.Gateway.Infrastructure.Http;

/// <summary>Asks for one batch over the HTTP stack that calls use.</summary>
internal sealed class BatchReader(HttpMessageInvoker http, TimeProvider time) : IBatchReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<BatchState?> ReadAsync(Provider provider, string id, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            provider.AddressOf("batches/" + Uri.EscapeDataString(id))
        );
        if (provider.KeyHeader is { } key)
            request.Headers.TryAddWithoutValidation(key.Name, key.Value);
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, either.Token);
            if (answer.StatusCode == HttpStatusCode.NotFound)
                return BatchState.GivenUp("Its provider has no batch of this id any more.");
            if (!answer.IsSuccessStatusCode)
                return null;
            await using Stream body = await answer.Content.ReadAsStreamAsync(either.Token);
            using JsonDocument batch = await JsonDocument.ParseAsync(body, cancellationToken: either.Token);
            return Read(batch.RootElement);
        }
        catch (Exception failed)
            when (failed is HttpRequestException or JsonException or IOException
                || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return null;
        }
    }

    private static BatchState? Read(JsonElement batch)
    {
        if (batch.ValueKind != JsonValueKind.Object || Text(batch, "status") is not { } status)
            return null;
        _ = batch.TryGetProperty("request_counts"u8, out JsonElement counts);
        return new BatchState(
            status,
            Text(batch, "output_file_id"),
            Text(batch, "error_file_id"),
            Count(counts, "total"),
            Count(counts, "completed"),
            Count(counts, "failed")
        );
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static long Count(JsonElement counts, string name) =>
        counts.ValueKind == JsonValueKind.Object
        && counts.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out long count)
            ? count
            : 0;
}
