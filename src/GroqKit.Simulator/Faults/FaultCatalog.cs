using System.Collections.Frozen;
using GroqKit.Simulator.Faults.Effects;

namespace GroqKit.Simulator.Faults;

/// <summary>Every fault there is. A new one is a type with a definition, and a line here.</summary>
internal static class FaultCatalog
{
    public static IReadOnlyList<FaultDefinition> All { get; } =
    [
        .. StatusFaults.Definitions,
        .. StatusFaults.OthersByName,
        ContentFilter.Definition,
        HtmlError.Definition,
        SlowHeaders.Definition,
        SlowFirstToken.Definition,
        Stall.Definition,
        Cut.Definition,
        Malformed.Definition,
        NoDone.Definition,
        ErrorEvent.Definition,
        Reset.Definition,
        .. ShapedNetwork.Definitions,
        .. ShapedUpload.Definitions,
        SlowClose.Definition,
        SilentAudio.Definition,
        EmptyBody.Definition,
        Hang.Definition,
        .. NoProgress.Definitions,
    ];

    private static readonly FrozenDictionary<string, FaultDefinition> ByName = All.ToFrozenDictionary(
        fault => fault.Name,
        StringComparer.OrdinalIgnoreCase
    );

    public static string Names { get; } = string.Join(", ", All.Select(fault => fault.Name));

    public static FaultDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}
