using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>A stretch of a request that something else takes the place of on the way out.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; the same as <paramref name="Start"/> to insert only.</param>
/// <param name="Insert">What takes its place.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Splice(int Start, int End, ReadOnlyMemory<byte> Insert);
