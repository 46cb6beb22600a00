namespace GroqKit.Simulator.Faults;

/// <summary>A fault that does not exist or has a wrong parameter; the message says which, and what there is.</summary>
internal sealed class FaultSyntaxException(string message) : Exception(message);
