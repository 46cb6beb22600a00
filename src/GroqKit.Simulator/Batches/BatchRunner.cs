using System.Text.Json;
using GroqKit.Simulator.Files;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Batches;

/// <summary>Runs batches in the background, line by line, each line as long as the options say.</summary>
internal sealed class BatchRunner(
    BatchStore store,
    FileStore files,
    BatchWork work,
    TimeSpan lineTime,
    TimeProvider time,
    CancellationToken stopping
)
{
    public void Start(Batch batch, ReadOnlyMemory<byte> input) =>
        // Unobserved on purpose: all that can end it early is the server's stop.
        _ = Task.Run(() => RunAsync(batch, input), stopping);

    private async Task RunAsync(Batch batch, ReadOnlyMemory<byte> input)
    {
        List<BatchMistake> mistakes = [];
        IReadOnlyList<BatchLine> lines = BatchLine.ReadAll(input, mistakes);
        if (mistakes.Count > 0)
        {
            store.Change(batch, changed => changed.Mistakes = mistakes);
            store.Enter(batch, "failed");
            return;
        }

        store.Change(batch, changed => changed.Total = lines.Count);
        if (!store.Read(batch, read => read.Status is "cancelling"))
            store.Enter(batch, "in_progress");
        var output = new MemoryStream();
        var errors = new MemoryStream();
        string? ended = null;
        for (int i = 0; i < lines.Count; i++)
        {
            if (ended is null && lineTime > TimeSpan.Zero)
                await Task.Delay(lineTime, time, stopping);
            ended ??= Ended(batch);
            if (ended is null)
                RunLine(batch, lines[i], output, errors);
            else if (ended is "expired")
                Refuse(batch, lines[i], errors);
        }

        if (ended is null)
            store.Enter(batch, "finalizing");
        store.Change(
            batch,
            changed =>
            {
                changed.OutputFile = Keep(batch, output, "output");
                changed.ErrorFile = Keep(batch, errors, "error");
            }
        );
        store.Enter(batch, ended ?? "completed");
    }

    private string? Ended(Batch batch)
    {
        if (time.GetUtcNow() >= batch.ExpiresAt)
            return "expired";
        return store.Read(batch, read => read.Status is "cancelling") ? "cancelled" : null;
    }

    private void RunLine(Batch batch, BatchLine line, MemoryStream output, MemoryStream errors)
    {
        ulong seed = StableHash.Of(batch.Id + line.CustomId);
        string requestId = Identifiers.Request(seed);
        (int status, byte[] body) = work.Answer(line, requestId);
        bool isSuccess = status < StatusCodes.Status400BadRequest;
        Append(
            isSuccess ? output : errors,
            json =>
            {
                WriteHead(json, line, seed);
                json.WriteStartObject("response"u8);
                json.WriteNumber("status_code"u8, status);
                json.WriteString("request_id"u8, requestId);
                json.WritePropertyName("body"u8);
                json.WriteRawValue(body);
                json.WriteEndObject();
                json.WriteNull("error"u8);
                json.WriteEndObject();
            }
        );
        store.Change(
            batch,
            changed =>
            {
                changed.Completed += isSuccess ? 1 : 0;
                changed.Failed += isSuccess ? 0 : 1;
            }
        );
    }

    private void Refuse(Batch batch, BatchLine line, MemoryStream errors)
    {
        Append(
            errors,
            json =>
            {
                WriteHead(json, line, StableHash.Of(batch.Id + line.CustomId));
                json.WriteNull("response"u8);
                json.WriteStartObject("error"u8);
                json.WriteString("code"u8, "batch_expired"u8);
                json.WriteString("message"u8, "This request was not run before the batch expired."u8);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        );
        store.Change(batch, changed => changed.Failed++);
    }

    private string? Keep(Batch batch, MemoryStream lines, string kind) =>
        lines.Length == 0
            ? null
            : files.Add($"{batch.Id}_{kind}.jsonl", "batch_output", lines.ToArray(), batch.Owner).Id;

    private static void WriteHead(Utf8JsonWriter json, BatchLine line, ulong seed)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, $"batch_req_{Identifiers.Request(seed)[4..]}");
        json.WriteString("custom_id"u8, line.CustomId);
    }

    private static void Append(MemoryStream lines, Action<Utf8JsonWriter> write)
    {
        lines.Write(JsonBuffer.Write(write));
        lines.WriteByte((byte)'\n');
    }
}
