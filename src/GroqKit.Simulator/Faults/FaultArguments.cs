namespace GroqKit.Simulator.Faults;

/// <summary>The parameters of one fault, checked and with the defaults filled in.</summary>
internal sealed class FaultArguments(IReadOnlyDictionary<string, int> values)
{
    public int this[string name] => values[name];

    public int? Optional(string name) => values.TryGetValue(name, out int value) ? value : null;

    public TimeSpan? Milliseconds => Optional("ms") is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
