using System.Text.Json;
using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>What a tool returned, as the model reads it.</summary>
internal static class ResultMapping
{
    // The exception's own text may hold what only the program may know.
    private const string Failed = "Error: the tool failed.";

    public static MessageContent Map(FunctionResultContent result, ContentPlace at) =>
        result.Result switch
        {
            null when result.Exception is not null => Failed,
            null => "null",
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
            AIContent content => Map([content], at),
            IEnumerable<AIContent> contents => Map(contents, at),
            { } value => JsonSerializer.Serialize(value, CompactJson.TypeInfo(value.GetType())),
        };

    private static MessageContent Map(IEnumerable<AIContent> contents, ContentPlace at) =>
        MessageMapping.Content([.. contents.Select(content => ContentMapping.Map(content, at)).OfType<ContentPart>()]);
}
