using System.Text.RegularExpressions;
using GroqKit.Simulator.Chat.Schemas;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Chat.Requests;

internal static partial class ResponseFormatReader
{
    public static ResponseFormat Read(Field format)
    {
        if (!format.IsObject)
            throw format.Must("be an object");
        string type = format.Require("type").OneOf("text", "json_object", "json_schema");
        foreach (Field field in format.Properties())
        {
            if (field.Name is not ("type" or "json_schema"))
                throw field.Unsupported();
        }

        return type is "json_schema" ? ReadSchema(format.Require("json_schema")) : new ResponseFormat(type);
    }

    /// <summary>The form of the Responses API, where the schema's members stand beside the type.</summary>
    public static ResponseFormat ReadFlat(Field format)
    {
        if (!format.IsObject)
            throw format.Must("be an object");
        return format.Require("type").OneOf("text", "json_object", "json_schema") is "json_schema"
            ? ReadSchema(format, "type")
            : Read(format);
    }

    private static ResponseFormat ReadSchema(Field wrapper, string beside = "")
    {
        if (!wrapper.IsObject)
            throw wrapper.Must("be an object");
        Field name = wrapper.Require("name");
        if (!NamePattern.IsMatch(name.Text()))
            throw name.Must("be 1 to 64 letters, digits, underscores or dashes");
        Field? schema = null;
        bool strict = false;
        foreach (Field field in wrapper.Properties())
        {
            if (field.Name is "schema" && !field.IsNull)
                schema = field.IsObject ? field : throw field.Must("be a JSON Schema object");
            else if (field.Name is "strict")
                strict = !field.IsNull && field.Bool();
            else if (field.Name is "description" && !field.IsNull)
                field.Text();
            else if (field.Name is not ("name" or "schema" or "description") && field.Name != beside)
                throw field.Unsupported();
        }

        if (schema is { } given)
        {
            ImpossibleSchema.Check(given);
            if (strict)
                StrictSchema.Check(given);
        }

        return new ResponseFormat("json_schema", schema?.Value, strict);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamePattern { get; }
}
