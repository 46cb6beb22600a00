using System.Runtime.InteropServices;

namespace GroqKit.Providers.Health;

/// <summary>What health is kept for: a model behind one key at one address.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LaneKey(string Provider, ProviderService Service, string Model, string Connection);
