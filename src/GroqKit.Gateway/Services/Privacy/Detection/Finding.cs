using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>Where personal data stands in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Kind">What it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Finding(int Start, int Length, PersonalDataKind Kind)
{
    public int End => Start + Length;
}
