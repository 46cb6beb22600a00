using System.Collections.Concurrent;
using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Cli.Display;
using GroqKit.Cli.Files;
using GroqKit.Cli.Hosting;
using GroqKit.Raw;

namespace GroqKit.Cli.Batches;

/// <summary>Asks right away, several at the same time.</summary>
internal sealed class DirectRunner(GroqClient client, Journal<BatchEntry> journal, int parallel, ErrorReport errors)
    : IBatchRunner
{
    public async Task<IReadOnlyList<BatchAnswer>> RunAsync(
        IReadOnlyList<BatchQuestion> questions,
        IWorkProgress progress,
        CancellationToken cancellationToken
    )
    {
        var answers = new ConcurrentDictionary<string, BatchAnswer>(StringComparer.Ordinal);
        ILookup<string?, BatchEntry> known = journal.Entries.ToLookup(entry => entry.Id, StringComparer.Ordinal);
        foreach (BatchQuestion question in questions)
        {
            if (known[question.Id].LastOrDefault(entry => entry.Fingerprint == question.Fingerprint)?.Body is { } body)
                answers[question.Id] = new BatchAnswer(question, body);
        }
        progress.Begin(questions.Count, answers.Count);
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            questions.Where(question => !answers.ContainsKey(question.Id)),
            options,
            async (question, token) =>
            {
                answers[question.Id] = await AnswerAsync(question, progress, token);
                progress.Advance();
            }
        );
        return [.. questions.Select(question => answers[question.Id])];
    }

    private async Task<BatchAnswer> AnswerAsync(
        BatchQuestion question,
        IWorkProgress progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            JsonElement body = await AskAsync(question, cancellationToken);
            journal.Add(
                new BatchEntry
                {
                    Id = question.Id,
                    Fingerprint = question.Fingerprint,
                    Body = body,
                }
            );
            return new BatchAnswer(question, body);
        }
        // A key that is refused is refused for every question, and a server that is down is down.
        catch (GroqException error)
            when (error
                    is not (
                        GroqAuthenticationException
                        or GroqAuthorizationException
                        or GroqCircuitOpenException
                        or GroqConfigurationException
                    )
            )
        {
            string message = errors.Describe(error);
            progress.Fail($"{question.Id}: {message}");
            return new BatchAnswer(question, null, message, (int?)error.Status);
        }
    }

    private async Task<JsonElement> AskAsync(BatchQuestion question, CancellationToken cancellationToken)
    {
        if (question.Chat is { } chat)
        {
            ChatCompletion answer = await client.Chat.CreateAsync(chat, cancellationToken: cancellationToken);
            return JsonElement.Parse(answer.ToJson());
        }
        BatchLine line = question.Row.Request!;
        RawResponse response = await client.SendAsync(
            HttpMethod.Post,
            $"openai/{line.Url.TrimStart('/')}",
            RawBody.FromJson(line.Body.GetRawText()),
            cancellationToken: cancellationToken
        );
        return response.ReadJson();
    }
}
