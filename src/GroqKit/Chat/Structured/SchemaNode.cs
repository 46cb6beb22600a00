using System.Text.Json.Nodes;

namespace GroqKit.Chat;

/// <summary>What the exporter knew about one node of a schema.</summary>
/// <param name="Type">The type that the node describes, without its nullability.</param>
/// <param name="BaseType">The type whose alternatives the node is one of; null when it is none.</param>
/// <param name="Description">What the property says about itself; null when it says nothing, or there is none.</param>
/// <param name="Keywords">What the property's attributes ask of its value.</param>
internal sealed record SchemaNode(Type Type, Type? BaseType, string? Description, JsonObject Keywords)
{
    /// <summary>A type has another shape as an alternative of its base: it names itself there.</summary>
    public (Type Type, Type? BaseType) Shape => (Type, BaseType);
}
