using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-06")]
public sealed class KillTests : IDisposable
{
    private const string Key = "key-of-the-kill-test";
    private const int Callers = 8;

    private readonly TempDirectory _data = new();

    // Request ids of answers that a caller has had to their last byte.
    private readonly ConcurrentBag<string> _answered = [];

    [Fact]
    public async Task A_gateway_killed_under_load_has_recorded_every_answer_once()
    {
        // Any seed will do; a fixed one makes a failure repeatable.
        var random = new Random(20261121);
        int cutOff = 0;
        for (int round = 0; round < 6; round++)
            cutOff += await RunAndKillAsync(answersBefore: random.Next(1, 150));

        List<UsageRecord> rows = Recorded();

        string[] ids = [.. rows.Select(row => row.RequestId)];
        ids.Distinct().Count().ShouldBe(ids.Length);
        _answered.Except(ids).ShouldBeEmpty();
        // A call that was killed between its record and its last byte has a record but no answer.
        (ids.Length - _answered.Count).ShouldBeInRange(0, cutOff);
        rows.ShouldAllBe(row => row.Outcome == Outcome.Completed && row.Usage.Total > 0 && row.Cost > 0);
    }

    public void Dispose() => _data.Dispose();

    private async Task<int> RunAndKillAsync(int answersBefore)
    {
        await using GatewayProcess gateway = GatewayProcess.Start(
            _data.FullPath,
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("GROQKIT_ADMIN_KEY", Key)
        );
        using var client = new HttpClient { BaseAddress = await gateway.ListeningAsync() };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        int answers = 0;
        int cutOff = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] callers =
        [
            .. Enumerable
                .Range(0, Callers)
                .Select(async caller =>
                {
                    while (await TryCallAsync(client, stream: caller % 2 == 0))
                    {
                        if (Interlocked.Increment(ref answers) == answersBefore)
                            enough.TrySetResult();
                    }
                    Interlocked.Increment(ref cutOff);
                }),
        ];
        await Task.WhenAny(enough.Task, Task.WhenAll(callers));
        enough.Task.IsCompleted.ShouldBeTrue(gateway.Output);
        gateway.Kill();
        await Task.WhenAll(callers);
        return cutOff;
    }

    private async Task<bool> TryCallAsync(HttpClient client, bool stream)
    {
        string body =
            $$"""{"model":"openai/gpt-oss-20b","stream":{{(
                stream ? "true" : "false"
            )}},"max_completion_tokens":8,"messages":[{"role":"user","content":"Hello"}]}""";
        try
        {
            using HttpResponseMessage answer = await client.PostAsync(
                "/v1/chat/completions",
                new StringContent(body, Encoding.UTF8, "application/json"),
                TestContext.Current.CancellationToken
            );
            string text = await answer.TextAsync();
            answer.IsSuccessStatusCode.ShouldBeTrue(text);
            if (stream && !text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal))
                return false;
            _answered.Add(answer.Header("x-request-id")!);
            return true;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private List<UsageRecord> Recorded()
    {
        using var journal = new UsageJournal(
            new JournalOptions(
                Path.Combine(_data.FullPath, "data", "journal"),
                JournalOptions.DefaultSegmentBytes,
                1L << 30
            ),
            NullLogger<UsageJournal>.Instance
        );
        var rows = new List<UsageRecord>();
        while (journal.Read(500) is { } batch)
        {
            rows.AddRange(batch.Records);
            journal.Commit(batch);
        }
        return rows;
    }
}
