namespace GroqKit.Simulator.Faults;

/// <summary>A fault ready to be applied to any number of answers, and the text that asked for it.</summary>
internal sealed record ArmedFault(string Text, Func<IFaultEffect> Start);
