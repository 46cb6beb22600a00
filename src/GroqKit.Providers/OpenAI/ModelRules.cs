namespace GroqKit.Providers.OpenAI;

/// <summary>What a family of models takes on chat completions.</summary>
/// <param name="Prefix">How the ids of the family begin.</param>
internal sealed record ModelRules(string Prefix)
{
    /// <summary>The words for effort, from none to most; empty for a model that does not reason, and refuses the field.</summary>
    public IReadOnlyList<string> Efforts { get; init; } = [];

    /// <summary>How function tools and reasoning go together.</summary>
    public ToolRule Tools { get; init; } = ToolRule.Always;

    /// <summary>Whether temperature, top_p, penalties and logprobs are taken while the model reasons.</summary>
    public bool TakesSampling { get; init; } = true;

    /// <summary>Whether stop sequences are taken.</summary>
    public bool TakesStop { get; init; } = true;

    public bool Reasons => Efforts.Count > 0;
}
