using System.Security.Cryptography;
using System.Text;
using GroqKit.Batches;
using GroqKit.Chat;
using GroqKit.Cli.Chat;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Batches;

/// <summary>One request of the input.</summary>
/// <param name="Id">Its own id, or one made of its line.</param>
/// <param name="Row">Where it is from.</param>
/// <param name="Chat">The request, when it is made of a prompt; else the row has it.</param>
/// <param name="Fingerprint">Differs where the question does.</param>
internal sealed record BatchQuestion(string Id, Row Row, ChatRequest? Chat, string Fingerprint)
{
    private static readonly string[] IdColumns = ["custom_id", "id"];

    /// <summary>The requests of all rows, in their order.</summary>
    /// <exception cref="UsageException">A row lacks something, or an id occurs twice.</exception>
    public static IReadOnlyList<BatchQuestion> All(
        IReadOnlyList<Row> rows,
        string? template,
        string? system,
        ChatSettings settings
    )
    {
        PromptTemplate prompt = new(template ?? "{prompt}");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        List<BatchQuestion> questions = [];
        foreach (Row row in rows)
        {
            string id =
                IdColumns.Select(row.Find).FirstOrDefault(cell => cell is { Length: > 0 }) ?? $"line-{row.Line}";
            if (!ids.Add(id))
                throw new UsageException($"line {row.Line}: the id {id} occurs twice");
            questions.Add(row.Request is { } request ? Given(id, row, request) : Made(id, row));
        }
        return questions;

        BatchQuestion Made(string id, Row row)
        {
            if (template is null && row.Find("prompt") is null)
            {
                string has = row.Cells.Count == 0 ? "" : $", but {string.Join(", ", row.Cells.Keys)}";
                throw new UsageException(
                    $"line {row.Line} has no column prompt{has}: give --template '… {{column}} …'"
                );
            }
            string text = prompt.Fill(row);
            if (string.IsNullOrWhiteSpace(text))
                throw new UsageException($"line {row.Line}: the prompt is empty");
            string? instructions = row.Find("system") ?? system;
            ChatSettings own = row.Find("model") is { Length: > 0 } model ? settings with { Model = model } : settings;
            List<ChatMessage> messages = instructions is { Length: > 0 } ? [ChatMessage.System(instructions)] : [];
            messages.Add(ChatMessage.User(text));
            string all = $"{own.Model}\n{own.Temperature}\n{own.MaxTokens}\n{own.Reasoning}\n{instructions}\n{text}";
            return new BatchQuestion(id, row, own.Ask(messages), Hash(all));
        }
    }

    public BatchItem ToItem() =>
        Chat is { } chat
            ? BatchItem.FromChat(Id, chat)
            : BatchItem.FromBody(Id, new BatchEndpoint(Row.Request!.Url), Row.Request.Body);

    private static BatchQuestion Given(string id, Row row, BatchLine request) =>
        new(id, row, null, Hash($"{request.Url}\n{request.Body.GetRawText()}"));

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
