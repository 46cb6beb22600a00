using System.Net;
using System.Text.Json;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Batches;

/// <summary>
/// Finds out what a batch used once its provider is through with it: nobody waits for its lines, so that the gateway sees none of them go by.
/// </summary>
internal sealed class BatchAccounts(HttpMessageInvoker http, IPriceBook prices, TimeProvider time)
{
    // As providers word the price of a batch among their tiers.
    private const string Tier = "batch";
    private const int MaxAnswer = 1024 * 1024;

    private static readonly string[] Ended = ["completed", "failed", "expired", "cancelled"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <returns>One account for each model that it used; null while the batch runs.</returns>
    /// <exception cref="HttpRequestException">The provider doesn't answer, or not with what was asked.</exception>
    /// <exception cref="InvalidDataException">What it answers can't be read.</exception>
    public async Task<IReadOnlyList<UsageRecord>?> ReadAsync(
        OwnedObject batch,
        Provider provider,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using HttpResponseMessage answer = await AskAsync(provider, $"batches/{batch.Id}", either.Token);
        // The provider has forgotten it, and with it what it used.
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return [];
        using JsonDocument found = await ParseAsync(answer, either.Token);
        if (Text(found, "status") is not { } status || !Ended.Contains(status))
            return null;
        if (Text(found, "output_file_id") is not { } output)
            return [];
        if (!TenantObjects.IsPlain(output))
            throw new InvalidDataException("The output file's id is none.");
        using HttpResponseMessage file = await AskAsync(provider, $"files/{output}/content", either.Token);
        if (file.StatusCode == HttpStatusCode.NotFound)
            return [];
        await using Stream lines = await Checked(file).Content.ReadAsStreamAsync(either.Token);
        IReadOnlyDictionary<string, BatchSum> sums = await BatchSums.ReadAsync(lines, either.Token);
        return
        [
            .. sums.OrderBy(sum => sum.Key, StringComparer.Ordinal)
                .Select((sum, place) => Record(batch, provider, sum.Key, sum.Value, place)),
        ];
    }

    private UsageRecord Record(OwnedObject batch, Provider provider, string model, in BatchSum sum, int place)
    {
        DateTimeOffset now = time.GetUtcNow();
        var speech = new SpeechUsage(sum.Audio > TimeSpan.Zero ? sum.Audio : null, 0, 0, null);
        // Groq's half price for batches doesn't come on top of that for what was cached.
        TokenUsage billed = provider.Kind == ProviderKind.Groq ? sum.Tokens with { Cached = 0 } : sum.Tokens;
        var usage = new BilledUsage(billed, speech, Tier);
        return new UsageRecord
        {
            // The same whenever it is made, so that it is kept once.
            RequestId = $"{batch.Id}-{place}",
            Operation = Operation.Batches,
            Tenant = batch.Tenant,
            KeyId = batch.KeyId,
            Provider = provider.Name,
            Model = model,
            Outcome = Outcome.Completed,
            Status = 200,
            Usage = sum.Tokens,
            Speech = speech,
            Cost = usage.IsEmpty
                ? null
                : prices.CostOf(
                    provider.Name,
                    provider.Kind,
                    model,
                    in usage,
                    DateOnly.FromDateTime(batch.CreatedAt.UtcDateTime)
                ),
            StartedAt = now,
        };
    }

    private async Task<HttpResponseMessage> AskAsync(
        Provider provider,
        string path,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.AddressOf(path));
        if (provider.KeyHeader is { } key)
            request.Headers.TryAddWithoutValidation(key.Name, key.Value);
        return await http.SendAsync(request, cancellationToken);
    }

    private static HttpResponseMessage Checked(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode
            ? answer
            : throw new HttpRequestException($"It answered with status {(int)answer.StatusCode}.");

    private static async Task<JsonDocument> ParseAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        HttpContent content = Checked(answer).Content;
        if (content.Headers.ContentLength > MaxAnswer)
            throw new InvalidDataException("The answer is too long for a batch.");
        try
        {
            await using Stream body = await content.ReadAsStreamAsync(cancellationToken);
            JsonDocument document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new InvalidDataException("The answer is no batch.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException("The answer is not valid JSON.", broken);
        }
    }

    private static string? Text(JsonDocument found, string name) =>
        found.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
