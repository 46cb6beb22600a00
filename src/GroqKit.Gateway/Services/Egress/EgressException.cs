namespace GroqKit.Gateway.Services.Egress;

/// <summary>
/// An address that the gateway does not call. The message names the rule, never what was found at the address: it goes to the one who
/// named the address, who could otherwise map the operator's network by the differences.
/// </summary>
internal sealed class EgressException(string message) : Exception(message);
