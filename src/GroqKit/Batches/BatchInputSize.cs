using System.Runtime.InteropServices;

namespace GroqKit.Batches;

/// <summary>How much was written.</summary>
/// <param name="Requests">Lines.</param>
/// <param name="Bytes">Their bytes, line ends included.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BatchInputSize(int Requests, long Bytes);
