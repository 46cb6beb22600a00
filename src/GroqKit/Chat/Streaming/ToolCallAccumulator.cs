using System.Text;
using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>Builds one tool call from its pieces.</summary>
internal sealed class ToolCallAccumulator(int index)
{
    private readonly StringBuilder _arguments = new();
    private string? _id;
    private ChatToolType? _type;
    private string? _name;
    private Dictionary<string, JsonElement>? _others;

    public int Index => index;

    public void Add(ToolCallDelta part)
    {
        _id ??= part.Id;
        _type ??= part.Type;
        if (part.Function is { } function)
            Add(function);
        if (part.AdditionalProperties is { } others)
            ChatAccumulator.Merge(ref _others, others);
    }

    public void Add(FunctionCallDelta part)
    {
        _name ??= part.Name;
        _arguments.Append(part.Arguments);
    }

    public ToolCall Build() =>
        new()
        {
            Id = _id ?? "",
            Type = _type ?? ChatToolType.Function,
            Function = new FunctionCall { Name = _name ?? "", Arguments = _arguments.ToString() },
            AdditionalProperties = _others,
        };
}
