using System.Text;
using GroqKit.Chat;

namespace GroqKit.Responses;

/// <summary>Builds one item of the output from its events.</summary>
internal sealed class ItemAccumulator
{
    private readonly SortedDictionary<int, (ResponsePart Part, StringBuilder Text)> _parts = [];
    private readonly StringBuilder _arguments = new();
    private ResponseItem _item = new();
    private bool _isWhole;

    public void Set(ResponseItem item, bool isWhole)
    {
        _item = item with { };
        _isWhole |= isWhole;
    }

    public void SetPart(int index, ResponsePart part) => _parts[index] = (part, new StringBuilder(part.Text));

    public void AddText(int index, string delta, ResponseItemType item, ResponsePartType part)
    {
        _item.Type ??= item;
        if (item == ResponseItemType.Message)
            _item.Role ??= ChatRole.Assistant;
        if (!_parts.TryGetValue(index, out var known))
            _parts[index] = known = (new ResponsePart { Type = part }, new StringBuilder());
        known.Text.Append(delta);
    }

    public void AddArguments(string delta, ResponseItemType item)
    {
        _item.Type ??= item;
        _arguments.Append(delta);
    }

    public ResponseItem Build()
    {
        if (_isWhole)
            return _item;
        ResponseItem item = _item with { };
        if (_parts.Count > 0)
        {
            ResponsePart[] parts = [.. _parts.Values.Select(Build)];
            item.Content = new ResponseContent(parts);
        }
        if (_arguments.Length > 0)
            item.Arguments = _arguments.ToString();
        return item;
    }

    private static ResponsePart Build((ResponsePart Part, StringBuilder Text) one) =>
        one.Part.Type == ResponsePartType.Refusal
            ? one.Part with
            {
                Refusal = one.Text.ToString(),
            }
            : one.Part with
            {
                Text = one.Text.ToString(),
            };
}
