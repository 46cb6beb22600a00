namespace GroqKit.Chat;

/// <summary>A call that the model wants the caller to make.</summary>
public sealed record ToolCall : GroqObject
{
    /// <summary>The id under which the result is returned. Its form differs between models.</summary>
    public string Id { get; set; } = "";

    /// <summary>Always <c>function</c> so far.</summary>
    public ChatToolType Type { get; set; } = ChatToolType.Function;

    /// <summary>The function and its arguments.</summary>
    public FunctionCall Function
    {
        get => field ??= new();
        set;
    }

    /// <summary>A call to put into a request.</summary>
    /// <param name="id">The call's id.</param>
    /// <param name="name">The function.</param>
    /// <param name="arguments">Its arguments as JSON text.</param>
    public static ToolCall Create(string id, string name, string arguments) =>
        new()
        {
            Id = id,
            Function = new FunctionCall { Name = name, Arguments = arguments },
        };

    internal ToolCall ForRequest() => Create(Id, Function.Name, Function.Arguments) with { Type = Type };
}
