using System.Text.Json;

namespace GroqKit.Bench.Voice.Gateway;

/// <summary>What is needed of an event of a turn.</summary>
/// <param name="Text">The transcript, or the message of an error; null where there is none.</param>
/// <param name="Piece">Which piece of the answer sounds.</param>
/// <param name="Offset">Where its sound lies in the answer's.</param>
internal readonly record struct TurnEvent(string? Text, int Piece, TimeSpan Offset)
{
    public static TurnEvent Read(string type, ReadOnlySpan<byte> data)
    {
        var found = new TurnEvent();
        if (type is not ("audio.delta" or "transcript.done" or "error"))
            return found;
        var json = new Utf8JsonReader(data);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isText = json.ValueTextEquals("text"u8) || json.ValueTextEquals("message"u8);
            bool isPiece = json.ValueTextEquals("sentence"u8);
            bool isOffset = json.ValueTextEquals("offset_ms"u8);
            json.Read();
            if (isText)
                found = found with { Text = json.GetString() };
            else if (isPiece)
                found = found with { Piece = json.GetInt32() };
            else if (isOffset)
                found = found with { Offset = TimeSpan.FromMilliseconds(json.GetDouble()) };
        }
        return found;
    }
}
