using System.Runtime.InteropServices;

namespace GroqKit.Telemetry;

/// <summary>The tokens of a call, as the server counted them.</summary>
/// <param name="Input">Tokens read, those from the cache included.</param>
/// <param name="Output">Tokens written, thinking included; null for an operation that writes none.</param>
/// <param name="Cached">Of the tokens read, those from the cache, which count for no limit.</param>
/// <param name="Reasoning">Of the tokens written, thinking; null when the server does not tell.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenCounts(int Input, int? Output, int Cached = 0, int? Reasoning = null);
