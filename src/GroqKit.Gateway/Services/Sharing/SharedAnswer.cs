using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Sharing;

/// <summary>What a store that may be away has said.</summary>
/// <param name="Reached">False when it is away, or didn't answer in time: nothing is known then, not even whether it did what was asked.</param>
/// <param name="Value">Its answer.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SharedAnswer<T>(bool Reached, T Value)
{
    /// <summary>Nothing is known.</summary>
    public static SharedAnswer<T> None => default;
}
