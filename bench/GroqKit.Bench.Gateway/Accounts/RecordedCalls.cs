using System.Net.Http.Headers;
using System.Text.Json;

namespace GroqKit.Bench.Gateway.Accounts;

/// <summary>The request ids that a gateway's database has, as its API tells them.</summary>
internal sealed class RecordedCalls(Uri gateway, string adminKey, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
    {
        BaseAddress = gateway,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", adminKey) },
    };

    /// <summary>All of them, once all that are expected are there or the patience is over.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(IReadOnlyCollection<string> expected)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            List<string> ids = await ReadAsync();
            if (!expected.Except(ids).Any() || time.GetElapsedTime(start) > Patience)
                return ids;
            await Task.Delay(Pause, time);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<List<string>> ReadAsync()
    {
        var ids = new List<string>();
        string? after = null;
        do
        {
            await using Stream page = await _client.GetStreamAsync($"/api/usage?limit=1000{after}");
            using JsonDocument json = await JsonDocument.ParseAsync(page);
            foreach (JsonElement item in json.RootElement.GetProperty("items").EnumerateArray())
                ids.Add(item.GetProperty("requestId").GetString()!);
            after = json.RootElement.GetProperty("next").GetString() is { } next
                ? "&after=" + Uri.EscapeDataString(next)
                : null;
        } while (after is not null);
        return ids;
    }
}
