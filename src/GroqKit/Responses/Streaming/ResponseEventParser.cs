using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using GroqKit.Errors;
using GroqKit.Http;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>Turns the events of one stream into objects. Never throws: what ends the stream is remembered. For one reader at a time.</summary>
internal sealed class ResponseEventParser
{
    /// <summary>The last event, or an end mark, came.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What broke the stream; null while nothing did.</summary>
    public EventFailure? Failure { get; private set; }

    /// <summary>Null for an event that holds nothing.</summary>
    public ResponseEvent? Parse(string eventType, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || IsDone || Failure is not null)
            return null;
        if (data.StartsWith("[DONE]"u8))
        {
            IsDone = true;
            return null;
        }
        if (!Utf8.IsValid(data))
        {
            Failure = EventFailure.InvalidUtf8();
            return null;
        }
        try
        {
            return Read(eventType, data);
        }
        // Half a surrogate pair is valid JSON, but no text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            Failure = EventFailure.Malformed(error);
            return null;
        }
    }

    private ResponseEvent? Read(string eventType, ReadOnlySpan<byte> data)
    {
        // Whether frames name their event is not certain at Groq; the JSON always does.
        string? type = FindType(data, out bool hasError) ?? (eventType == "message" ? null : eventType);
        if (type == "error" || eventType == "error" || (type is null && hasError))
        {
            Failure = EventFailure.Server(data);
            return null;
        }
        if (type is null)
            throw new JsonException("The event has no type.");
        if (!ResponseEventType.Known.Contains(type))
        {
            using JsonDocument raw = JsonDocument.Parse(data.ToArray());
            return new ResponseEvent { Type = type, Raw = raw.RootElement.Clone() };
        }
        ResponseEvent read =
            JsonSerializer.Deserialize(data, GroqJson.Context.ResponseEvent) ?? throw new JsonException("A null came.");
        read.Type = type;
        IsDone = read.Type == ResponseEventType.Completed || read.Type == ResponseEventType.Incomplete;
        if (read.Type == ResponseEventType.Failed)
            Failure = FailureOf(read.Response?.Error, data);
        return read;
    }

    private static EventFailure FailureOf(ResponseError? error, ReadOnlySpan<byte> data)
    {
        string message = error?.Message ?? "The response failed.";
        return new EventFailure(
            StreamFailure.ServerError,
            message,
            new WireError(message, null, error?.Code, null, null, null),
            Body: Encoding.UTF8.GetString(data)
        );
    }

    private static string? FindType(ReadOnlySpan<byte> data, out bool hasError)
    {
        hasError = false;
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("An object was expected.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            bool isError = reader.ValueTextEquals("error"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
                return reader.GetString();
            hasError |= isError && reader.TokenType is (JsonTokenType.StartObject or JsonTokenType.String);
            reader.Skip();
        }
        return null;
    }
}
