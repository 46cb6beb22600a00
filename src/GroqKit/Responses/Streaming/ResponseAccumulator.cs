namespace GroqKit.Responses;

/// <summary>Builds the whole response from its events.</summary>
internal sealed class ResponseAccumulator
{
    private readonly SortedDictionary<int, ItemAccumulator> _items = [];
    private Response _response = new() { Status = ResponseStatus.InProgress };

    /// <summary>The response as an event last named it, without the items collected.</summary>
    public Response Latest => _response;

    public ResponseUsage? Usage => _response.Usage;

    /// <summary>Whether the last event came.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>True when the event holds text, thinking or a call.</summary>
    public bool Add(ResponseEvent piece)
    {
        ResponseEventType type = piece.Type;
        if (piece.Response is { } response)
        {
            _response = response;
            IsFinished |= type == ResponseEventType.Completed || type == ResponseEventType.Incomplete;
            return false;
        }
        if (piece.Item is { } item)
        {
            Find(piece).Set(item, isWhole: type == ResponseEventType.OutputItemDone);
            return item.Type == ResponseItemType.FunctionCall || item.Type == ResponseItemType.McpCall;
        }
        if (piece.Part is { } part)
        {
            Find(piece).SetPart(piece.ContentIndex ?? 0, part);
            return false;
        }
        return piece.Delta is { Length: > 0 } delta && AddDelta(piece, delta);
    }

    /// <summary>What has come so far. The last event's own word counts; before it, or where it leaves the output out, the items collected.</summary>
    public Response Build() =>
        _response.Output is { Count: > 0 } || _items.Count == 0
            ? _response with
            { }
            : _response with
            {
                Output = [.. _items.Values.Select(item => item.Build())],
            };

    private bool AddDelta(ResponseEvent piece, string delta)
    {
        int index = piece.ContentIndex ?? 0;
        ResponseEventType type = piece.Type;
        if (type == ResponseEventType.OutputTextDelta)
            Find(piece).AddText(index, delta, ResponseItemType.Message, ResponsePartType.OutputText);
        else if (type == ResponseEventType.RefusalDelta)
            Find(piece).AddText(index, delta, ResponseItemType.Message, ResponsePartType.Refusal);
        else if (type == ResponseEventType.ReasoningTextDelta)
            Find(piece).AddText(index, delta, ResponseItemType.Reasoning, ResponsePartType.ReasoningText);
        else if (type == ResponseEventType.FunctionCallArgumentsDelta)
            Find(piece).AddArguments(delta, ResponseItemType.FunctionCall);
        else if (type == ResponseEventType.McpCallArgumentsDelta)
            Find(piece).AddArguments(delta, ResponseItemType.McpCall);
        else
            return false;
        return true;
    }

    private ItemAccumulator Find(ResponseEvent piece)
    {
        int index = piece.OutputIndex ?? 0;
        if (!_items.TryGetValue(index, out ItemAccumulator? item))
            _items[index] = item = new ItemAccumulator();
        return item;
    }
}
