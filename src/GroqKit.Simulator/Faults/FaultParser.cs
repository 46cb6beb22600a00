namespace GroqKit.Simulator.Faults;

/// <summary>
/// Reads <c>NAME</c>, <c>NAME:parameter=number</c> and lists of them: <c>slow-first-token:ms=500,cut:after=40</c>. Parameters are
/// set off by <c>:</c> or <c>;</c>, faults by commas.
/// </summary>
internal static class FaultParser
{
    /// <exception cref="FaultSyntaxException">A name or a parameter is not known, or a value is out of range.</exception>
    public static IReadOnlyList<ArmedFault> Parse(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
            throw new FaultSyntaxException($"no fault is named; known are {FaultCatalog.Names}");
        return [.. parts.Select(One)];
    }

    private static ArmedFault One(string text)
    {
        string[] pieces = text.Split([':', ';'], StringSplitOptions.TrimEntries);
        if (FaultCatalog.Find(pieces[0]) is not { } definition)
            throw new FaultSyntaxException($"unknown fault '{pieces[0]}'; known are {FaultCatalog.Names}");
        var values = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (FaultParameter parameter in Parameters(definition))
        {
            if (parameter.Default is { } value)
                values[parameter.Name] = value;
        }

        foreach (string piece in pieces.AsSpan(1))
        {
            int equals = piece.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? piece : piece[..equals].TrimEnd();
            values[name] = Value(definition, name, equals < 0 ? "" : piece[(equals + 1)..]);
        }

        var arguments = new FaultArguments(values);
        return new ArmedFault(text, arguments[FaultParameter.Percent.Name], () => definition.Arm(arguments));
    }

    private static IEnumerable<FaultParameter> Parameters(FaultDefinition definition) =>
        definition.Parameters.Append(FaultParameter.Percent);

    private static int Value(FaultDefinition definition, string name, string text)
    {
        FaultParameter parameter =
            Parameters(definition).FirstOrDefault(known => known.Name == name)
            ?? throw new FaultSyntaxException(
                $"fault '{definition.Name}' has no parameter '{name}'; it has {string.Join(", ", Parameters(definition).Select(known => known.Name))}"
            );
        return int.TryParse(text, out int value) && value >= parameter.Min && value <= parameter.Max
            ? value
            : throw new FaultSyntaxException(
                $"parameter '{name}' of fault '{definition.Name}' must be a whole number from {parameter.Min} to {parameter.Max}"
            );
    }
}
