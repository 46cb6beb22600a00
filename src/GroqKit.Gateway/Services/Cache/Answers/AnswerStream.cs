using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Services.Cache.Answers;

/// <summary>Tells a whole answer as a stream would have told it.</summary>
internal static class AnswerStream
{
    // About what models send at a time.
    private const int PieceLength = 24;

    private static readonly string[] Envelope = ["id", "created", "model", "system_fingerprint", "service_tier"];

    /// <param name="answer">The answer's JSON.</param>
    /// <param name="withUsage">Whether its last event has the usage.</param>
    public static byte[] Write(ReadOnlySpan<byte> answer, bool withUsage)
    {
        var reader = new Utf8JsonReader(answer);
        JsonObject whole = JsonNode.Parse(ref reader)!.AsObject();
        var events = new MemoryStream();
        foreach (JsonNode? choice in whole["choices"]!.AsArray())
        {
            int index = (int?)choice!["index"] ?? 0;
            foreach (JsonObject delta in Deltas(choice["message"] as JsonObject ?? []))
                WriteEvent(events, Chunk(whole, [Choice(index, delta, finish: null)]));
            JsonObject last = Chunk(whole, [Choice(index, [], choice["finish_reason"]?.DeepClone())]);
            // Where Groq tells its usage, whether or not it was asked for.
            if (whole["usage"] is { } usage)
                last["x_groq"] = new JsonObject { ["usage"] = usage.DeepClone() };
            WriteEvent(events, last);
        }
        if (withUsage && whole["usage"] is { } used)
        {
            JsonObject closing = Chunk(whole, []);
            closing["usage"] = used.DeepClone();
            WriteEvent(events, closing);
        }
        events.Write("data: [DONE]\n\n"u8);
        return events.ToArray();
    }

    private static IEnumerable<JsonObject> Deltas(JsonObject message)
    {
        yield return new JsonObject { ["role"] = message["role"]?.DeepClone() ?? "assistant", ["content"] = "" };
        foreach (string name in (string[])["reasoning", "content"])
        {
            if ((string?)message[name] is { } text)
            {
                foreach (string piece in Pieces(text))
                    yield return new JsonObject { [name] = piece };
            }
        }
        KeyValuePair<string, JsonNode?>[] others =
        [
            .. message.Where(member =>
                member.Key is not ("role" or "content" or "reasoning") && member.Value is not null
            ),
        ];
        if (others.Length > 0)
            yield return new JsonObject(
                others.Select(other => KeyValuePair.Create(other.Key, other.Value?.DeepClone()))
            );
    }

    // Only before a blank, so that no character is cut in two.
    private static IEnumerable<string> Pieces(string text)
    {
        int start = 0;
        while (start < text.Length)
        {
            int next = text.Length - start <= PieceLength ? -1 : text.IndexOf(' ', start + PieceLength);
            int end = next < 0 ? text.Length : next;
            yield return text[start..end];
            start = end;
        }
    }

    private static JsonObject Choice(int index, JsonObject delta, JsonNode? finish) =>
        new()
        {
            ["index"] = index,
            ["delta"] = delta,
            ["logprobs"] = null,
            ["finish_reason"] = finish,
        };

    private static JsonObject Chunk(JsonObject whole, JsonNode[] choices)
    {
        var chunk = new JsonObject();
        foreach (string name in Envelope)
        {
            if (whole[name] is { } value)
                chunk[name] = value.DeepClone();
        }
        chunk["object"] = "chat.completion.chunk";
        chunk["choices"] = new JsonArray(choices);
        return chunk;
    }

    private static void WriteEvent(MemoryStream events, JsonObject chunk)
    {
        events.Write("data: "u8);
        using (var json = new Utf8JsonWriter(events))
            chunk.WriteTo(json);
        events.Write("\n\n"u8);
    }
}
