namespace GroqKit.Simulator.Faults;

/// <summary>A fault ready to be applied to any number of answers, the text that asked for it, and how many of a hundred requests it meets.</summary>
internal sealed record ArmedFault(string Text, int Percent, Func<IFaultEffect> Start);
