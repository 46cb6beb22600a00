using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Who speaks in a message.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ChatRole>))]
public readonly record struct ChatRole(string Value) : IStringValue<ChatRole>
{
    private static readonly ChatRole[] KnownValues =
    [
        new("system"),
        new("developer"),
        new("user"),
        new("assistant"),
        new("tool"),
        new("function"),
    ];

    /// <summary>Instructions to the model.</summary>
    public static ChatRole System => KnownValues[0];

    /// <summary>The same as system, under its newer name.</summary>
    public static ChatRole Developer => KnownValues[1];

    /// <summary>The person or program that asks.</summary>
    public static ChatRole User => KnownValues[2];

    /// <summary>The model.</summary>
    public static ChatRole Assistant => KnownValues[3];

    /// <summary>The result of a tool call.</summary>
    public static ChatRole Tool => KnownValues[4];

    /// <summary>The result of a function call, in the deprecated form.</summary>
    public static ChatRole Function => KnownValues[5];

    /// <inheritdoc/>
    public static ReadOnlySpan<ChatRole> Known => KnownValues;

    /// <inheritdoc/>
    public static ChatRole Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ChatRole(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
