using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GroqKit.Batches;
using GroqKit.Cli.Display;
using GroqKit.Cli.Files;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Batches;

/// <summary>
/// Hands the questions to the server, which answers them within a day at half the price. The journal knows the batch, so that a later run waits for
/// the same one.
/// </summary>
internal sealed class DeferredRunner(GroqClient client, Journal<BatchEntry> journal, string window, ErrorReport errors)
    : IBatchRunner
{
    private const string MarkName = "groqkit";

    private static readonly BatchWaitOptions Wait = new() { FirstDelay = TimeSpan.FromSeconds(1) };

    public async Task<IReadOnlyList<BatchAnswer>> RunAsync(
        IReadOnlyList<BatchQuestion> questions,
        IWorkProgress progress,
        CancellationToken cancellationToken
    )
    {
        string fingerprint = FingerprintOf(questions);
        progress.Begin(questions.Count, 0);
        string id =
            await FindAsync(fingerprint, cancellationToken)
            ?? await SubmitAsync(questions, fingerprint, cancellationToken);
        progress.Say(id);
        BatchOutcome outcome = await client.Batches.WaitAsync(
            id,
            Wait,
            new Watch(progress, questions.Count),
            cancellationToken: cancellationToken
        );
        if (outcome.Ending is BatchEnding.Failed)
        {
            IEnumerable<string?> reasons = (outcome.Batch.Errors ?? []).Select(error => error.Message);
            throw new UsageException($"the server refused the batch {id}: {string.Join(" ", reasons)}");
        }
        return await ReadAsync(questions, outcome.Batch, cancellationToken);
    }

    private async Task<IReadOnlyList<BatchAnswer>> ReadAsync(
        IReadOnlyList<BatchQuestion> questions,
        Batch batch,
        CancellationToken cancellationToken
    )
    {
        List<BatchAnswer> answers = [];
        IEnumerable<string> ids = questions.Select(question => question.Id);
        await foreach (
            BatchResult result in client.Batches.ReadResultsInOrderAsync(
                batch,
                ids,
                cancellationToken: cancellationToken
            )
        )
        {
            if (result.Position is not { } position)
                continue;
            BatchQuestion question = questions[position];
            string? error = result.Error is { } problem ? errors.Describe(problem) : null;
            JsonElement? body = result.Body;
            answers.Add(new BatchAnswer(question, error is null ? body : null, error, result.StatusCode));
        }
        return answers;
    }

    private async Task<string?> FindAsync(string fingerprint, CancellationToken cancellationToken)
    {
        BatchEntry? entry = journal.Entries.LastOrDefault(entry =>
            entry.Fingerprint == fingerprint && entry.Mark is not null
        );
        if (entry?.BatchId is not null || entry is null)
            return entry?.BatchId;
        await foreach (Batch batch in client.Batches.ListAsync(cancellationToken: cancellationToken))
        {
            if (batch.Pairs?.GetValueOrDefault(MarkName) == entry.Mark)
                return batch.Id;
        }
        return null;
    }

    private async Task<string> SubmitAsync(
        IReadOnlyList<BatchQuestion> questions,
        string fingerprint,
        CancellationToken cancellationToken
    )
    {
        var entry = new BatchEntry { Fingerprint = fingerprint, Mark = Guid.NewGuid().ToString("N") };
        journal.Add(entry);
        Batch batch = await client.Batches.SubmitAsync(
            questions.Select(question => question.ToItem()),
            new BatchSettings
            {
                CompletionWindow = window,
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [MarkName] = entry.Mark },
            },
            cancellationToken: cancellationToken
        );
        journal.Add(entry with { BatchId = batch.Id });
        return batch.Id;
    }

    private static string FingerprintOf(IReadOnlyList<BatchQuestion> questions)
    {
        string all = string.Join('\n', questions.Select(question => $"{question.Id} {question.Fingerprint}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
    }

    /// <summary>Shows the counts of the server.</summary>
    private sealed class Watch(IWorkProgress progress, int total) : IProgress<Batch>
    {
        public void Report(Batch value)
        {
            int done = (value.RequestCounts?.Completed ?? 0) + (value.RequestCounts?.Failed ?? 0);
            progress.Begin(total, done);
            progress.Say(string.Create(CultureInfo.InvariantCulture, $"{value.Id} {value.Status}"));
        }
    }
}
