using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Services.Cache.Answers;

/// <summary>
/// Makes one whole answer of a streamed one. Streams that hold anything it doesn't know how to put together make none: better not repeated
/// than repeated with a piece missing.
/// </summary>
internal sealed class AnswerAssembler
{
    private static readonly string[] Kept = ["id", "created", "model", "system_fingerprint", "service_tier"];

    private readonly JsonObject _answer = [];
    private readonly SortedDictionary<int, AnswerChoice> _choices = [];
    private JsonNode? _usage;
    private bool _done;

    /// <returns>The answer's JSON; null when the stream has no whole answer that can be put together.</returns>
    public static byte[]? Assemble(byte[] events)
    {
        var assembler = new AnswerAssembler();
        try
        {
            foreach (SseItem<string> item in SseParser.Create(new MemoryStream(events)).Enumerate())
            {
                if (item.EventType == "error" || !assembler.Take(item.Data))
                    return null;
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
        return assembler.Finish();
    }

    private bool Take(string data)
    {
        if (data.StartsWith("[DONE]", StringComparison.Ordinal))
        {
            _done = true;
            return true;
        }
        if (JsonNode.Parse(data) is not JsonObject chunk || chunk["error"] is not null)
            return false;
        foreach (string name in Kept)
        {
            if (chunk[name] is { } value)
                _answer[name] = value.DeepClone();
        }
        _usage = chunk["usage"] ?? chunk["x_groq"]?["usage"] ?? _usage;
        if (chunk["x_groq"]?["error"] is not null)
            return false;
        return chunk["choices"] is not JsonArray choices
            || choices.All(choice => choice is JsonObject one && Take(one));
    }

    private bool Take(JsonObject choice)
    {
        int index = (int?)choice["index"] ?? 0;
        if (!_choices.TryGetValue(index, out AnswerChoice? known))
            _choices[index] = known = new AnswerChoice();
        if (choice["logprobs"] is not null)
            return false;
        known.FinishReason = (string?)choice["finish_reason"] ?? known.FinishReason;
        return choice["delta"] is not JsonObject delta || known.Take(delta);
    }

    private byte[]? Finish()
    {
        if (!_done || _choices.Count == 0 || _choices.Values.Any(choice => choice.FinishReason != AnswerJson.Finished))
            return null;
        _answer["object"] = "chat.completion";
        _answer["choices"] = new JsonArray([.. _choices.Select(choice => choice.Value.ToJson(choice.Key))]);
        if (_usage is not null)
            _answer["usage"] = _usage.DeepClone();
        return Encoding.UTF8.GetBytes(_answer.ToJsonString());
    }
}
