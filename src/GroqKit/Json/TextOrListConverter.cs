using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Json;

/// <summary>Reads and writes what is a JSON string or an array.</summary>
/// <typeparam name="TValue">What is read.</typeparam>
/// <typeparam name="TItem">What the array holds.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TextOrListConverter<TValue, TItem> : JsonConverter<TValue>
{
    private protected TextOrListConverter() { }

    // Asked for when it is needed: types that hold one another would wait for each other in a constructor.
    private protected abstract JsonTypeInfo<IReadOnlyList<TItem>> List { get; }

    /// <inheritdoc/>
    public sealed override TValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return Of(reader.GetString()!);
        IReadOnlyList<TItem>? list = AnswerList.Whole(JsonSerializer.Deserialize(ref reader, List));
        return Of(list ?? throw new JsonException("A text or a list was expected."));
    }

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, TValue value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (TextOf(value) is { } text)
            writer.WriteStringValue(text);
        else if (ListOf(value) is { } list)
            JsonSerializer.Serialize(writer, list, List);
        else
            writer.WriteNullValue();
    }

    private protected abstract TValue Of(string text);

    private protected abstract TValue Of(IReadOnlyList<TItem> list);

    private protected abstract string? TextOf(TValue value);

    private protected abstract IReadOnlyList<TItem>? ListOf(TValue value);
}
