using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>A stretch of a request that something else takes the place of on the way out.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; the same as <paramref name="Start"/> to insert only.</param>
/// <param name="Insert">What takes its place.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Splice(int Start, int End, ReadOnlyMemory<byte> Insert)
{
    /// <summary>The whole request, for whoever has to look into it.</summary>
    /// <param name="body">The caller's.</param>
    /// <param name="splices">In the order of the body; they don't overlap.</param>
    public static byte[] Apply(ReadOnlySpan<byte> body, IReadOnlyList<Splice> splices)
    {
        var whole = new List<byte>(body.Length);
        int from = 0;
        foreach (Splice splice in splices)
        {
            whole.AddRange(body[from..splice.Start]);
            whole.AddRange(splice.Insert.Span);
            from = splice.End;
        }
        whole.AddRange(body[from..]);
        return [.. whole];
    }
}
