using System.Buffers;
using System.Text.Json;
using GroqKit.Errors;
using GroqKit.Files;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <summary>
/// Writes the input of a batch: a JSON object a line. Everything is checked on the way, one request in memory at a time: ids are unique, there are
/// at most <see cref="MaxRequests"/> requests and <see cref="MaxBytes"/> bytes.
/// </summary>
public static class BatchInput
{
    /// <summary>The most requests that a batch takes: 50,000.</summary>
    public const int MaxRequests = 50_000;

    /// <summary>The most bytes that its input may have: 200 MB.</summary>
    public const long MaxBytes = FileRules.MaxBatchBytes;

    private static readonly JsonWriterOptions Options = new() { Encoder = GroqJson.Encoder };

    /// <summary>Writes requests.</summary>
    /// <param name="items">At least one.</param>
    /// <param name="destination">Where to; it stays open. After an error it holds the lines before.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="GroqValidationException">A request cannot stand in a batch; its parameter begins with <c>requests[…]</c>.</exception>
    public static Task<BatchInputSize> WriteAsync(
        IEnumerable<BatchItem> items,
        Stream destination,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(items);
        return WriteAsync(Each(items), destination, cancellationToken);
    }

    /// <inheritdoc cref="WriteAsync(IEnumerable{BatchItem}, Stream, CancellationToken)"/>
    public static async Task<BatchInputSize> WriteAsync(
        IAsyncEnumerable<BatchItem> items,
        Stream destination,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(destination);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var line = new ArrayBufferWriter<byte>();
        long bytes = 0;
        await foreach (BatchItem item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            int position = ids.Count;
            if (position == MaxRequests)
                throw Rules.Invalid("requests", $"must have at most {MaxRequests} entries.");
            BatchItemRules.Check(item, position);
            if (!ids.Add(item.CustomId))
                throw Rules.Invalid($"requests[{position}].custom_id", $"occurs twice: {item.CustomId}.");
            line.ResetWrittenCount();
            Write(item, line, position);
            bytes += line.WrittenCount;
            if (bytes > MaxBytes)
                throw Rules.Invalid($"requests[{position}]", $"makes the input longer than {MaxBytes} bytes.");
            await destination.WriteAsync(line.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }
        return ids.Count > 0
            ? new BatchInputSize(ids.Count, bytes)
            : throw Rules.Invalid("requests", "must have at least one entry.");
    }

    internal static async IAsyncEnumerable<T> Each<T>(IEnumerable<T> items)
    {
        foreach (T item in items)
            yield return item;
        await Task.CompletedTask.ConfigureAwait(false);
    }

    private static void Write(BatchItem item, ArrayBufferWriter<byte> line, int position)
    {
        try
        {
            Write(item, line);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw RequestJson.Unwritable(
                error,
                item,
                static (json, item) => Write(item, json),
                $"requests[{position}]."
            );
        }
        HalfPairs.Check(line.WrittenSpan, $"requests[{position}].");
    }

    private static void Write(BatchItem item, ArrayBufferWriter<byte> line)
    {
        using (var json = new Utf8JsonWriter(line, Options))
            Write(item, json);
        line.Write("\n"u8);
    }

    private static void Write(BatchItem item, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("custom_id"u8, item.CustomId);
        json.WriteString("method"u8, "POST"u8);
        json.WriteString("url"u8, item.Endpoint.Value);
        json.WritePropertyName("body"u8);
        if (item.Chat is { } chat)
            JsonSerializer.Serialize(json, chat, GroqJson.Context.ChatRequest);
        else
            item.Body.WriteTo(json);
        json.WriteEndObject();
    }
}
