using System.Net;
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

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <param name="batch">Whose it is.</param>
    /// <param name="provider">Who keeps it.</param>
    /// <param name="output">The file with its answers.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One account for each model that it used.</returns>
    /// <exception cref="HttpRequestException">The provider doesn't answer, or not with what was asked.</exception>
    /// <exception cref="InvalidDataException">What it answers can't be read.</exception>
    public async Task<IReadOnlyList<UsageRecord>> ReadAsync(
        OwnedObject batch,
        Provider provider,
        string output,
        CancellationToken cancellationToken
    )
    {
        if (!TenantObjects.IsPlain(output))
            throw new InvalidDataException("The output file's id is none.");
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.AddressOf($"files/{output}/content"));
        if (provider.KeyHeader is { } key)
            request.Headers.TryAddWithoutValidation(key.Name, key.Value);
        using HttpResponseMessage file = await http.SendAsync(request, either.Token);
        // Deleted already, and with it what it used.
        if (file.StatusCode == HttpStatusCode.NotFound)
            return [];
        if (!file.IsSuccessStatusCode)
            throw new HttpRequestException($"It answered with status {(int)file.StatusCode}.");
        await using Stream lines = await file.Content.ReadAsStreamAsync(either.Token);
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
}
