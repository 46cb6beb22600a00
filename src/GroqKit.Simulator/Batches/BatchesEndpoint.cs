using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Files;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Batches;

/// <summary><c>POST batches</c> and <c>GET batches</c>, by pages or by ids.</summary>
internal sealed class BatchesEndpoint(BatchStore store, BatchRunner runner, FileStore files, TimeProvider time)
    : IApiEndpoint
{
    private const int PageSize = 20;
    private const int MostIds = 200;

    public Task HandleAsync(Exchange exchange) =>
        HttpMethods.IsPost(exchange.Http.Request.Method) ? CreateAsync(exchange) : ListAsync(exchange);

    private async Task CreateAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            string fileId = root.Require("input_file_id").NonEmptyText();
            string endpoint = root.Require("endpoint").OneOf(BatchLine.Urls);
            Field window = root.Require("completion_window");
            TimeSpan length = Window(window);
            JsonElement? metadata = null;
            foreach (Field field in root.Properties())
            {
                if (field.Name is "metadata" && !field.IsNull)
                    metadata = ReadMetadata(field);
                else if (field.Name is not ("input_file_id" or "endpoint" or "completion_window" or "metadata"))
                    throw field.Unsupported();
            }

            if (files.Find(fileId, exchange.Key) is not { } file)
                throw new ApiException(ApiErrors.NotFound($"No file with id `{fileId}` was found.", "input_file_id"));
            if (file.Purpose is not "batch")
                throw root.Require("input_file_id").Must("be a file with the purpose batch");
            DateTimeOffset now = time.GetUtcNow();
            Batch batch = store.Add(id => new Batch
            {
                Id = id,
                Endpoint = endpoint,
                InputFile = fileId,
                Window = window.Text(),
                Owner = exchange.Key,
                CreatedAt = now,
                ExpiresAt = now + length,
                Metadata = metadata,
            });
            await SendAsync(exchange, store, batch);
            runner.Start(batch, file.Bytes);
        }
    }

    private Task ListAsync(Exchange exchange)
    {
        IQueryCollection query = exchange.Http.Request.Query;
        IReadOnlyList<Batch> all = store.List(exchange.Key);
        if (query["id"] is { Count: > 0 } ids)
        {
            if (ids.Count > MostIds)
                throw new ApiException(ApiErrors.Invalid($"id may be given at most {MostIds} times", "id"));
            return SendAsync(exchange, [.. all.Where(batch => ids.Contains(batch.Id))], next: null);
        }

        string cursor = query["cursor"].ToString();
        int from = cursor.Length == 0 ? 0 : all.ToList().FindIndex(batch => batch.Id == cursor);
        if (from < 0)
            throw new ApiException(ApiErrors.Invalid("cursor must be one that a list returned", "cursor"));
        string? next = from + PageSize < all.Count ? all[from + PageSize].Id : null;
        return SendAsync(exchange, [.. all.Skip(from).Take(PageSize)], next);
    }

    private Task SendAsync(Exchange exchange, IReadOnlyList<Batch> page, string? next) =>
        exchange.SendJsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            foreach (Batch batch in page)
            {
                store.Read(
                    batch,
                    read =>
                    {
                        read.Write(json);
                        return true;
                    }
                );
            }

            json.WriteEndArray();
            if (next is not null)
            {
                json.WriteStartObject("paging"u8);
                json.WriteString("next_cursor"u8, next);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });

    public static Task SendAsync(Exchange exchange, BatchStore store, Batch batch) =>
        exchange.SendJsonAsync(json =>
            store.Read(
                batch,
                read =>
                {
                    read.Write(json);
                    return true;
                }
            )
        );

    /// <summary>From <c>24h</c> to <c>7d</c>.</summary>
    private static TimeSpan Window(Field window)
    {
        string text = window.Text();
        if (text.Length is < 2 or > 4 || !int.TryParse(text[..^1], out int count))
            count = 0;
        TimeSpan length =
            text is [.., 'h'] ? TimeSpan.FromHours(count)
            : text is [.., 'd'] ? TimeSpan.FromDays(count)
            : TimeSpan.Zero;
        return length >= TimeSpan.FromHours(24) && length <= TimeSpan.FromDays(7)
            ? length
            : throw window.Must("be a duration from 24h to 7d");
    }

    private static JsonElement ReadMetadata(Field field)
    {
        foreach (Field value in field.Properties())
            value.Text();
        return field.Value.Clone();
    }
}
