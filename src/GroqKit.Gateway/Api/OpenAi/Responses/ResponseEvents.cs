using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.OpenAi.Responses;

/// <summary>The events of a provider that has the Responses API: they go to the caller as they are, and end by their own kind of end.</summary>
internal sealed class ResponseEvents(string provider) : EventTranslation
{
    public override void Take(string type, ReadOnlyMemory<byte> data, EventOutput output)
    {
        if (data.Span.StartsWith("[DONE]"u8))
            return;
        string name = NameOf(data) ?? throw UpstreamErrors.Malformed(provider);
        // Whoever breaks the answer off says so in the caller's words.
        if (name is "error" or "response.failed")
            throw ProviderError.FromEvent(ErrorIn(data), provider);
        if (name.EndsWith(".delta", StringComparison.Ordinal))
        {
            output.HasOutput = true;
            OutputBytes += data.Length;
        }
        output.Write(name, data.Span);
        if (name is not ("response.completed" or "response.incomplete"))
            return;
        Settle(data, name);
        output.IsDone = true;
    }

    public override bool End(EventOutput output) => false;

    private void Settle(ReadOnlyMemory<byte> data, string name)
    {
        using JsonDocument document = JsonDocument.Parse(data);
        FinishReason = name["response.".Length..];
        if (
            document.RootElement.TryGetProperty("response", out JsonElement response)
            && ChunkReader.TryRead(System.Text.Encoding.UTF8.GetBytes(response.GetRawText()), out ChunkFacts facts)
        )
            Usage = Usage.Larger(facts.Usage);
    }

    private static string? NameOf(ReadOnlyMemory<byte> data)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(data);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("type", out JsonElement type)
                && type.ValueKind == JsonValueKind.String
                && type.GetString() is { Length: < 100 } name
                && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
                ? name
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // As {error: {…}}, wherever the event has it.
    private static byte[] ErrorIn(ReadOnlyMemory<byte> data)
    {
        using JsonDocument document = JsonDocument.Parse(data);
        JsonElement root = document.RootElement;
        JsonElement error =
            root.TryGetProperty("response", out JsonElement response)
            && response.ValueKind == JsonValueKind.Object
            && response.TryGetProperty("error", out JsonElement inner)
                ? inner
            : root.TryGetProperty("error", out inner) ? inner
            : root;
        return [.. "{\"error\":"u8, .. System.Text.Encoding.UTF8.GetBytes(error.GetRawText()), .. "}"u8];
    }
}
