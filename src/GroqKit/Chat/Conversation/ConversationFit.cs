namespace GroqKit.Chat;

/// <summary>Drops from a conversation what a budget has no room for. For one use.</summary>
internal sealed class ConversationFit
{
    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly int[] _tokens;
    private readonly bool[] _isDropped;
    private readonly int _room;
    private long _total;

    public ConversationFit(IReadOnlyList<ChatMessage> messages, ContextBudget budget)
    {
        _messages = messages;
        _tokens = [.. messages.Select(budget.Counter.Count)];
        _isDropped = new bool[messages.Count];
        _room = budget.Room;
        _total = _tokens.Sum(tokens => (long)tokens);
    }

    /// <exception cref="GroqContextLengthException">What has to stay does not fit.</exception>
    public ConversationWindow Run()
    {
        List<List<int>> turns = Split(Enumerable.Range(0, _messages.Count).Where(at => !IsInstruction(at)), StartsTurn);
        foreach (List<int> turn in turns.SkipLast(1))
            DropIfNeeded(turn);
        if (turns is [.., var last])
        {
            List<List<int>> blocks = Split(last, StartsBlock);
            foreach (List<int> block in blocks.SkipLast(1).Where(block => !StartsTurn(block[0])))
                DropIfNeeded(block);
        }
        if (_total > _room)
        {
            throw new GroqContextLengthException(
                $"messages: what has to stay is about {_total} tokens, but there is room for {_room}.",
                new ErrorDetails { Parameter = "messages" }
            );
        }
        return new ConversationWindow
        {
            Messages = [.. _messages.Where((_, at) => !_isDropped[at])],
            Dropped = [.. _messages.Where((_, at) => _isDropped[at])],
            Tokens = (int)_total,
        };
    }

    private static List<List<int>> Split(IEnumerable<int> places, Func<int, bool> starts)
    {
        var groups = new List<List<int>>();
        foreach (int at in places)
        {
            if (groups.Count == 0 || starts(at))
                groups.Add([]);
            groups[^1].Add(at);
        }
        return groups;
    }

    private bool IsInstruction(int at) =>
        _messages[at].Role == ChatRole.System || _messages[at].Role == ChatRole.Developer;

    private bool StartsTurn(int at) => _messages[at].Role == ChatRole.User;

    // A result stays with the call that it answers.
    private bool StartsBlock(int at) => _messages[at].Role != ChatRole.Tool && _messages[at].Role != ChatRole.Function;

    private void DropIfNeeded(List<int> places)
    {
        if (_total <= _room)
            return;
        foreach (int at in places)
        {
            _isDropped[at] = true;
            _total -= _tokens[at];
        }
    }
}
