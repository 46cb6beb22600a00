using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Batches;

/// <summary>Adds up the output file of a batch, line by line as it comes; a file of any length takes the memory of one line.</summary>
internal sealed class BatchSums
{
    // An answer with everything that a model can write is far shorter.
    private const int MaxLine = 16 * 1024 * 1024;

    // A batch has one; the bound keeps a mad file from making thousands of accounts.
    private const int MaxModels = 50;
    private const string Unknown = "unknown";

    private readonly Dictionary<string, BatchSum> _sums = new(StringComparer.Ordinal);

    private BatchSums() { }

    /// <returns>What was used of each model.</returns>
    /// <exception cref="InvalidDataException">It is no output file.</exception>
    public static async Task<IReadOnlyDictionary<string, BatchSum>> ReadAsync(
        Stream output,
        CancellationToken cancellationToken
    )
    {
        var sums = new BatchSums();
        var reader = PipeReader.Create(output, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                ReadResult read = await reader.ReadAsync(cancellationToken);
                ReadOnlySequence<byte> rest = sums.AddLines(read.Buffer);
                if (rest.Length > MaxLine)
                    throw new InvalidDataException($"A line is longer than {MaxLine} bytes.");
                if (read.IsCompleted)
                {
                    sums.Add(rest);
                    return sums._sums;
                }
                reader.AdvanceTo(rest.Start, read.Buffer.End);
            }
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException("A line is not valid JSON.", broken);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private ReadOnlySequence<byte> AddLines(ReadOnlySequence<byte> buffer)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            Add(buffer.Slice(0, end));
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }
        return buffer;
    }

    private void Add(ReadOnlySequence<byte> line)
    {
        if (line.Length <= 1)
            return;
        using JsonDocument document = JsonDocument.Parse(line);
        // Lines that failed are not billed.
        if (
            Member(document.RootElement, "response") is not { } response
            || Member(response, "status_code") is not { ValueKind: JsonValueKind.Number } status
            || !status.TryGetInt32(out int code)
            || code != 200
            || Member(response, "body") is not { } body
        )
            return;
        string model = Member(body, "model") is { ValueKind: JsonValueKind.String } name ? name.GetString()! : Unknown;
        if (!ModelName.IsWellFormed(model) || (_sums.Count >= MaxModels && !_sums.ContainsKey(model)))
            model = Unknown;
        BatchSum sum = _sums.GetValueOrDefault(model);
        _sums[model] = sum.Plus(
            Member(body, "usage") is { } usage ? Read(usage) : default,
            Member(body, "duration") is { ValueKind: JsonValueKind.Number } length
                ? TimeSpan.FromSeconds(Math.Clamp(length.GetDouble(), 0, 1e6))
                : TimeSpan.Zero
        );
    }

    // Chats and responses word the same figures differently.
    private static TokenUsage Read(JsonElement usage)
    {
        long prompt = Count(usage, "prompt_tokens") ?? Count(usage, "input_tokens") ?? 0;
        long completion = Count(usage, "completion_tokens") ?? Count(usage, "output_tokens") ?? 0;
        JsonElement? details = Member(usage, "prompt_tokens_details") ?? Member(usage, "input_tokens_details");
        long cached = details is { } known ? Count(known, "cached_tokens") ?? 0 : 0;
        return new TokenUsage(prompt, completion, Count(usage, "total_tokens") ?? prompt + completion, cached);
    }

    private static long? Count(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetInt64(out long count)
        && count >= 0
            ? count
            : null;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
