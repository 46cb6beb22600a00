namespace GroqKit.Simulator.Faults;

/// <summary>A fault that can be asked for: its name, what it does, its parameters, and how to make it.</summary>
internal sealed record FaultDefinition(
    string Name,
    string Summary,
    IReadOnlyList<FaultParameter> Parameters,
    Func<FaultArguments, IFaultEffect> Arm
);
