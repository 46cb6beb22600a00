using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>Lets limits be a member of other JSON objects.</summary>
internal sealed class LimitPolicyConverter : JsonConverter<LimitPolicy>
{
    public override bool HandleNull => true;

    /// <exception cref="JsonException">The limits can't be meant as written; the message names the field.</exception>
    public override LimitPolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        try
        {
            return LimitPolicyJson.Read(document.RootElement, "limits");
        }
        catch (LimitPolicyException wrong)
        {
            throw new JsonException(wrong.Message, wrong);
        }
    }

    public override void Write(Utf8JsonWriter writer, LimitPolicy value, JsonSerializerOptions options) =>
        LimitPolicyJson.Write(writer, value);
}
