using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace GroqKit.Simulator.Text;

/// <summary>
/// Hashes that are the same in every run. For JSON the hash does not depend on white space, on the order of properties, on how a
/// string is escaped or a number is spelled, nor on properties that are null; the order of array items counts.
/// </summary>
internal static class StableHash
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    public static ulong Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = Offset;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(bytes))
            hash = Dice.Mix((hash ^ word) * Prime);
        foreach (byte rest in bytes[(bytes.Length & ~7)..])
            hash = (hash ^ rest) * Prime;
        return Dice.Mix(hash ^ (ulong)bytes.Length);
    }

    public static ulong Of(JsonElement value, params ReadOnlySpan<string> withoutProperties) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(value, withoutProperties),
            JsonValueKind.Array => OfArray(value),
            JsonValueKind.String => Dice.Mix(OfText(JsonMarshal.GetRawUtf8Value(value)[1..^1], value) + 3),
            JsonValueKind.Number => Dice.Mix(BitConverter.DoubleToUInt64Bits(value.GetDouble()) + 4),
            var kind => Dice.Mix((ulong)kind + 5),
        };

    private static ulong OfObject(JsonElement value, ReadOnlySpan<string> without)
    {
        ulong sum = 1;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Null || Contains(without, property))
                continue;
            ReadOnlySpan<byte> name = JsonMarshal.GetRawUtf8PropertyName(property);
            ulong key = name.Contains((byte)'\\') ? Of(property.Name) : Of(name);
            // A sum does not mind the order, so nothing has to be sorted.
            sum += Dice.Mix(key ^ ulong.RotateLeft(Of(property.Value), 17));
        }

        return Dice.Mix(sum);
    }

    private static ulong OfArray(JsonElement value)
    {
        ulong hash = 2;
        foreach (JsonElement item in value.EnumerateArray())
            hash = Dice.Mix((hash * Prime) ^ Of(item));
        return hash;
    }

    private static ulong OfText(ReadOnlySpan<byte> raw, JsonElement value) =>
        raw.Contains((byte)'\\') ? Of(value.GetString()!) : Of(raw);

    private static bool Contains(ReadOnlySpan<string> names, JsonProperty property)
    {
        foreach (string name in names)
        {
            if (property.NameEquals(name))
                return true;
        }

        return false;
    }
}
