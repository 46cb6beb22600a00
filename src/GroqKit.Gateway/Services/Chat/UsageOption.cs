using System.Runtime.InteropServices;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Services.Chat;

/// <summary>The request's <c>stream_options.include_usage</c>.</summary>
/// <param name="IsOn">Whether the caller asks for it.</param>
/// <param name="Start">Where something has to be put so that the provider tells; 0 where the request has no options at all.</param>
/// <param name="End">Where what it takes the place of ends.</param>
/// <param name="Form">What stands there.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UsageOption(bool IsOn, int Start, int End, UsageForm Form)
{
    private static readonly byte[] Member = [.. "\"stream_options\":{\"include_usage\":true},"u8];
    private static readonly byte[] Options = [.. "{\"include_usage\":true}"u8];
    private static readonly byte[] Alone = [.. "\"include_usage\":true"u8];
    private static readonly byte[] First = [.. "\"include_usage\":true,"u8];
    private static readonly byte[] Value = [.. "true"u8];

    /// <summary>Makes the provider tell although the caller doesn't ask: the account needs it.</summary>
    /// <param name="objectStart">Behind the opening brace of the request.</param>
    public Splice TurnOn(int objectStart) =>
        Form switch
        {
            UsageForm.NoOptions => new Splice(objectStart, objectStart, Member),
            UsageForm.NullOptions => new Splice(Start, End, Options),
            UsageForm.EmptyOptions => new Splice(Start, Start, Alone),
            UsageForm.OtherOptions => new Splice(Start, Start, First),
            _ => new Splice(Start, End, Value),
        };
}
