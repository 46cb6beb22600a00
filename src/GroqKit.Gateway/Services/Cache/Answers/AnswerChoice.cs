using System.Text;
using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Services.Cache.Answers;

/// <summary>One choice of a streamed answer, as far as it has come.</summary>
internal sealed class AnswerChoice
{
    private readonly StringBuilder _content = new();
    private readonly StringBuilder _reasoning = new();
    private string? _role;

    public string? FinishReason { get; set; }

    /// <returns>False when the piece holds something that can't be put together.</returns>
    public bool Take(JsonObject delta)
    {
        foreach ((string name, JsonNode? value) in delta)
        {
            if (value is null)
                continue;
            if (name == "role")
                _role = (string?)value;
            else if (name == "content")
                _content.Append((string?)value);
            else if (name == "reasoning")
                _reasoning.Append((string?)value);
            else if (name != "channel")
                return false;
        }
        return true;
    }

    public JsonNode ToJson(int index)
    {
        var message = new JsonObject { ["role"] = _role ?? "assistant", ["content"] = _content.ToString() };
        if (_reasoning.Length > 0)
            message["reasoning"] = _reasoning.ToString();
        return new JsonObject
        {
            ["index"] = index,
            ["message"] = message,
            ["logprobs"] = null,
            ["finish_reason"] = FinishReason,
        };
    }
}
