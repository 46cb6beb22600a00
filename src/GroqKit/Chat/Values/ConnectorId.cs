using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>A service that Groq connects to with the caller's OAuth token.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ConnectorId>))]
public readonly record struct ConnectorId(string Value) : IStringValue<ConnectorId>
{
    private static readonly ConnectorId[] KnownValues =
    [
        new("connector_gmail"),
        new("connector_googlecalendar"),
        new("connector_googledrive"),
    ];

    /// <summary>Gmail.</summary>
    public static ConnectorId Gmail => KnownValues[0];

    /// <summary>Google Calendar.</summary>
    public static ConnectorId GoogleCalendar => KnownValues[1];

    /// <summary>Google Drive.</summary>
    public static ConnectorId GoogleDrive => KnownValues[2];

    /// <inheritdoc/>
    public static ReadOnlySpan<ConnectorId> Known => KnownValues;

    /// <inheritdoc/>
    public static ConnectorId Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ConnectorId(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
