using System.Text.Json;

namespace GroqKit.Simulator.Batches;

/// <summary>A batch as it stands; changed only under the lock of its store.</summary>
internal sealed class Batch
{
    public required string Id { get; init; }

    public required string Endpoint { get; init; }

    public required string InputFile { get; init; }

    public required string Window { get; init; }

    public required string Owner { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public JsonElement? Metadata { get; init; }

    public string Status { get; set; } = "validating";

    /// <summary>When the batch came into each state after the first, by the state's name.</summary>
    public Dictionary<string, DateTimeOffset> Times { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<BatchMistake> Mistakes { get; set; } = [];

    public string? OutputFile { get; set; }

    public string? ErrorFile { get; set; }

    public int Total { get; set; }

    public int Completed { get; set; }

    public int Failed { get; set; }

    public bool IsFinal => Status is "completed" or "failed" or "expired" or "cancelled";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("object"u8, "batch"u8);
        json.WriteString("endpoint"u8, Endpoint);
        if (Mistakes.Count > 0)
            WriteMistakes(json);
        json.WriteString("input_file_id"u8, InputFile);
        json.WriteString("completion_window"u8, Window);
        json.WriteString("status"u8, Status);
        if (OutputFile is not null)
            json.WriteString("output_file_id"u8, OutputFile);
        if (ErrorFile is not null)
            json.WriteString("error_file_id"u8, ErrorFile);
        json.WriteNumber("created_at"u8, CreatedAt.ToUnixTimeSeconds());
        json.WriteNumber("expires_at"u8, ExpiresAt.ToUnixTimeSeconds());
        foreach ((string state, DateTimeOffset at) in Times)
            json.WriteNumber($"{state}_at", at.ToUnixTimeSeconds());
        json.WriteStartObject("request_counts"u8);
        json.WriteNumber("total"u8, Total);
        json.WriteNumber("completed"u8, Completed);
        json.WriteNumber("failed"u8, Failed);
        json.WriteEndObject();
        json.WritePropertyName("metadata"u8);
        if (Metadata is { } metadata)
            metadata.WriteTo(json);
        else
            json.WriteNullValue();
        json.WriteEndObject();
    }

    private void WriteMistakes(Utf8JsonWriter json)
    {
        json.WriteStartObject("errors"u8);
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (BatchMistake mistake in Mistakes)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, mistake.Code);
            json.WriteString("message"u8, mistake.Message);
            json.WriteString("param"u8, mistake.Param);
            json.WriteNumber("line"u8, mistake.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
