using System.Text.RegularExpressions;
using GroqKit.Simulator.Chat.Schemas;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>Reads tools, deprecated functions, and the choice between them.</summary>
internal static partial class ToolReader
{
    public static ToolOffer ReadTool(Field tool)
    {
        if (!tool.IsObject)
            throw tool.Must("be an object");
        string type = tool.Require("type").OneOf("function", "browser_search", "code_interpreter", "mcp");
        if (type is not "function")
            return ReadServerTool(tool, type);
        foreach (Field field in tool.Properties())
        {
            if (field.Name is not ("type" or "function"))
                throw field.Unsupported();
        }

        return ReadFunction(tool.Require("function"));
    }

    /// <summary>A tool that runs on the server.</summary>
    public static ToolOffer ReadServerTool(Field tool, string type) =>
        new(null, type, null, TokenRule.Count(tool.Value.GetRawText()))
        {
            Server = type is "mcp" ? ToolServerReader.Read(tool) : null,
        };

    public static ToolOffer ReadFunction(Field function) => ReadFunction(function, "");

    /// <param name="function">The object that describes it.</param>
    /// <param name="beside">A further property that the object may have.</param>
    public static ToolOffer ReadFunction(Field function, string beside)
    {
        if (!function.IsObject)
            throw function.Must("be an object");
        Field name = function.Require("name");
        if (!NamePattern.IsMatch(name.Text()))
            throw name.Must("be 1 to 64 letters, digits, underscores or dashes");
        string description = "";
        Field? parameters = null;
        foreach (Field field in function.Properties())
        {
            if (field.Name is "description")
                description = field.IsNull ? "" : field.Text();
            else if (field.Name is "parameters" && !field.IsNull)
                parameters = field.IsObject ? field : throw field.Must("be a JSON Schema object");
            else if (field.Name is "strict" && !field.IsNull)
                field.Bool();
            else if (field.Name is not ("name" or "parameters" or "strict") && field.Name != beside)
                throw field.Unsupported();
        }

        if (parameters is { } schema)
            ImpossibleSchema.Check(schema);
        int tokens = TokenRule.Count(function.Value.GetRawText());
        return new ToolOffer(name.Text(), description, parameters?.Value, tokens);
    }

    public static ToolChoice ReadChoice(Field choice)
    {
        if (!choice.IsObject)
            return new ToolChoice(choice.OneOf("none", "auto", "required"));
        choice.Require("type").OneOf("function");
        return ReadName(choice.Require("function"));
    }

    public static ToolChoice ReadFunctionChoice(Field choice) =>
        choice.IsObject ? ReadName(choice) : new ToolChoice(choice.OneOf("none", "auto", "required"));

    private static ToolChoice ReadName(Field function) =>
        function.IsObject
            ? ToolChoice.Named(function.Require("name").NonEmptyText())
            : throw function.Must("be an object");

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamePattern { get; }
}
