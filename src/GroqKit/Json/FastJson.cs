using System.Text.Json;

namespace GroqKit.Json;

/// <summary>What the hand-written readers of usual answers share. What they cannot read they leave to the generated code.</summary>
internal static class FastJson
{
    /// <summary>From a member's name to its value. False: the name is written in an unusual way.</summary>
    public static bool TryEnter(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = reader.ValueSpan;
        return !reader.ValueIsEscaped && reader.Read();
    }

    public static bool TryReadInt32(ref Utf8JsonReader reader, out int value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out value);
    }

    public static bool TryReadInt64(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value);
    }

    public static bool TryReadDouble(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out value) && double.IsFinite(value);
    }

    /// <summary>A text that is mostly the same as the one before, which is then shared. Safe for all threads.</summary>
    public static string Shared(ref Utf8JsonReader reader, ref string known)
    {
        string last = known;
        if (reader.ValueTextEquals(last))
            return last;
        return known = reader.GetString()!;
    }

    /// <summary>A word of the API; a known one is shared.</summary>
    public static T Word<T>(ref Utf8JsonReader reader)
        where T : struct, IStringValue<T>
    {
        foreach (T known in T.Known)
        {
            if (reader.ValueTextEquals(known.Value))
                return known;
        }
        return T.Create(reader.GetString()!);
    }
}
