using Xunit.v3;

namespace GroqKit.TestKit;

/// <summary>Names the requirements that a test proves, for example <c>[Requirement("CL-12")]</c>. Shown in docs/features.md.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirementAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    /// <summary>The trait under which the ids appear in test results.</summary>
    public const string Trait = "Requirement";

    public IReadOnlyList<string> Ids { get; } = ids;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. Ids.Select(id => KeyValuePair.Create(Trait, id))];
}
