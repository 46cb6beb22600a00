using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace GroqKit.Chat;

/// <summary>Reads what attributes say about a property, a parameter or a type.</summary>
internal static class SchemaAnnotations
{
    public static string? Description(ICustomAttributeProvider? provider) =>
        First<DescriptionAttribute>(provider)?.Description is { Length: > 0 } text ? text : null;

    /// <summary>The data annotations as keywords of JSON Schema.</summary>
    public static JsonObject Keywords(params ReadOnlySpan<ICustomAttributeProvider?> providers)
    {
        var keywords = new JsonObject();
        foreach (ICustomAttributeProvider? provider in providers)
        {
            foreach (
                object attribute in provider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true) ?? []
            )
                Add(keywords, attribute);
        }
        return keywords;
    }

    private static void Add(JsonObject keywords, object attribute)
    {
        switch (attribute)
        {
            case RangeAttribute range:
                keywords["minimum"] = Number(range.Minimum);
                keywords["maximum"] = Number(range.Maximum);
                break;
            case StringLengthAttribute length:
                if (length.MinimumLength > 0)
                    keywords["minLength"] = length.MinimumLength;
                keywords["maxLength"] = length.MaximumLength;
                break;
            case LengthAttribute length:
                keywords["minItems"] = length.MinimumLength;
                keywords["maxItems"] = length.MaximumLength;
                break;
            case MinLengthAttribute length:
                keywords["minItems"] = length.Length;
                break;
            case MaxLengthAttribute { Length: > 0 } length:
                keywords["maxItems"] = length.Length;
                break;
            case RegularExpressionAttribute pattern:
                keywords["pattern"] = pattern.Pattern;
                break;
            case EmailAddressAttribute:
                keywords["format"] = "email";
                break;
            case UrlAttribute:
                keywords["format"] = "uri";
                break;
        }
    }

    // A range of another type than int and double is written as text in the attribute.
    private static JsonNode? Number(object bound)
    {
        string text = Convert.ToString(bound, CultureInfo.InvariantCulture)!;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : text;
    }

    private static T? First<T>(ICustomAttributeProvider? provider)
        where T : Attribute => provider?.GetCustomAttributes(typeof(T), inherit: true) is [T first, ..] ? first : null;
}
