using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace GroqKit.Simulator.Tests;

/// <summary>An answer read to its end.</summary>
public sealed record Reply(int Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    private JsonElement? _json;

    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => _json ??= JsonElement.Parse(Text);

    public JsonElement Error => Json.GetProperty("error");

    /// <summary>The message of the only choice.</summary>
    public JsonElement Message => Json.GetProperty("choices")[0].GetProperty("message");

    public string Content => Message.GetProperty("content").GetString()!;

    public string FinishReason => Json.GetProperty("choices")[0].GetProperty("finish_reason").GetString()!;

    /// <summary>What the platform's own reader makes of the body.</summary>
    public IReadOnlyList<SseItem<string>> Events => [.. SseParser.Create(new MemoryStream(Bytes)).Enumerate()];

    /// <summary>The chunks of a chat stream, without <c>[DONE]</c>.</summary>
    public IReadOnlyList<JsonElement> Chunks =>
        [.. Events.Where(item => item.Data != "[DONE]").Select(item => JsonElement.Parse(item.Data))];

    /// <summary>Everything that a stream added to one text of its deltas.</summary>
    public string Streamed(string property = "content") =>
        string.Concat(
            Chunks
                .Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0)
                .Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta"))
                .Select(delta => delta.TryGetProperty(property, out JsonElement text) ? text.GetString() : "")
        );

    public static async Task<Reply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(
                    header => header.Key,
                    header => string.Join(",", header.Value),
                    StringComparer.OrdinalIgnoreCase
                ),
            await response.Content.ReadAsByteArrayAsync(cancellationToken)
        );
}
