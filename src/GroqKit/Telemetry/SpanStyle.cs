using System.Runtime.InteropServices;

namespace GroqKit.Telemetry;

/// <summary>What goes on a span.</summary>
/// <param name="GenAi">Whether the conventions' attributes do; else only our own.</param>
/// <param name="Next">Whether those of the unreleased conventions do.</param>
/// <param name="Content">Whether messages do.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpanStyle(bool GenAi, bool Next, bool Content);
