using System.Runtime.InteropServices;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>Where a content stands. Put into words only where an error has to name it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContentPlace(int Message, int Content)
{
    public override string ToString() => $"messages[{Message}].contents[{Content}]";
}
