using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Bench.Gateway.Reports;

/// <summary>
/// Accounts of a busy company, the same in every run: 200 keys, each with two models, calling two agents or none; a quarter of all
/// calls on the last day.
/// </summary>
internal sealed class ManyAccounts(DateTimeOffset end, int days)
{
    public const string Tenant = "default";

    private const int Keys = 200;
    private const int Agents = 20;

    private static readonly (string Provider, string Model)[] Models =
    [
        ("groq", "openai/gpt-oss-120b"),
        ("groq", "openai/gpt-oss-20b"),
        ("groq", "qwen/qwen3.8-27b"),
        ("openai", "gpt-4o-mini"),
        ("openai", "gpt-4o"),
    ];

    // Not secret, and the same sequence every time.
    private readonly Random _random = new(20261121);

    /// <summary>Stores them as the gateway does, batch by batch, in the order of time.</summary>
    /// <returns>CPU time of this process for the whole.</returns>
    public async Task<TimeSpan> StoreAsync(IDatabase database, int count, CancellationToken cancellationToken)
    {
        var table = new UsageTable(database);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var batch = new List<UsageRecord>(UsageShipper.BatchSize);
        for (int i = 0; i < count; i++)
        {
            batch.Add(Next(i, count));
            if (batch.Count < UsageShipper.BatchSize && i < count - 1)
                continue;
            await table.SaveAsync(batch, cancellationToken);
            batch.Clear();
        }
        return Environment.CpuUsage.TotalTime - before;
    }

    private UsageRecord Next(int number, int count)
    {
        int key = _random.Next(Keys);
        (string provider, string model) = Models[(key + _random.Next(2)) % Models.Length];
        int prompt = _random.Next(20, 4000);
        int completion = _random.Next(1, 1000);
        return new UsageRecord
        {
            RequestId = $"req_bench{number:D21}",
            Operation = Operation.Chat,
            Tenant = Tenant,
            KeyId = $"key_{key:D4}",
            Agent = _random.Next(3) is > 0 and var agent ? $"agent-{(key + agent) % Agents}" : null,
            Provider = provider,
            Model = model,
            Outcome = _random.Next(50) == 0 ? Outcome.UpstreamRefused : Outcome.Completed,
            Status = 200,
            Usage = new TokenUsage(prompt, completion, prompt + completion),
            Cost = prompt * 0.00000015m,
            FinishReason = "stop",
            StartedAt = At(number, count),
            Duration = TimeSpan.FromMilliseconds(_random.Next(50, 5000)),
            FirstToken = TimeSpan.FromMilliseconds(_random.Next(30, 400)),
            Overhead = TimeSpan.FromTicks(_random.Next(300, 3000)),
        };
    }

    private DateTimeOffset At(int number, int count)
    {
        DateTimeOffset lastDay = end.AddDays(-1);
        int onLastDay = count / 4;
        int before = count - onLastDay;
        return number < before
            ? end.AddDays(-days) + (lastDay - end.AddDays(-days)) * ((double)number / before)
            : lastDay + TimeSpan.FromDays(1) * ((double)(number - before) / onLastDay);
    }
}
