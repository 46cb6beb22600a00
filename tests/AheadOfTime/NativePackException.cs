namespace GroqKit.AheadOfTime;

/// <summary>The native compiler's pack cannot be had on this machine.</summary>
internal sealed class NativePackException(string message) : Exception(message);
