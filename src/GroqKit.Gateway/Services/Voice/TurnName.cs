using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>Which turn: no other key and no other agent leads to it.</summary>
/// <param name="Key">The caller's key.</param>
/// <param name="Agent">The agent that answers.</param>
/// <param name="Id">The turn's own name.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TurnName(string Key, string Agent, string Id);
