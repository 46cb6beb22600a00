using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Responses;

/// <summary>What is checked of a call of the Responses API. The gateway keeps no answers, so what builds on kept ones is refused.</summary>
internal static class ResponseRequest
{
    private const int MaxTools = 128;

    private static readonly string[] NeedsMemory = ["previous_response_id", "conversation", "prompt"];

    public static IReadOnlyList<FieldRule> Fields { get; } =
    [
        JsonRoute.Model,
        FieldRule.TextOrList("input", required: true),
        FieldRule.Text("instructions"),
        FieldRule.Flag("stream"),
        FieldRule.Flag("store"),
        FieldRule.Flag("background"),
        FieldRule.Flag("parallel_tool_calls"),
        FieldRule.Count("max_output_tokens", 1, int.MaxValue),
        FieldRule.Number("temperature", 0, 2),
        FieldRule.Number("top_p", 0, 1),
        FieldRule.List("tools") with
        {
            MaxItems = MaxTools,
        },
        new("tool_choice", "a string or an object", JsonTokenType.String, JsonTokenType.StartObject),
        FieldRule.Object("text"),
        FieldRule.Object("reasoning"),
        FieldRule.Object("metadata"),
        FieldRule.Text("user"),
    ];

    /// <exception cref="GatewayException">It builds on something that was kept.</exception>
    public static void RefuseMemory(JsonRequest request)
    {
        foreach (string name in NeedsMemory)
        {
            if (request.Find(name) is not null)
                throw RequestErrors.WrongValue(
                    name,
                    "is not supported: the gateway keeps no answers; send the whole conversation"
                );
        }
        if (request.IsTrue("background"))
            throw RequestErrors.WrongValue("background", "is not supported: the gateway keeps no answers");
        if (request.Find("input") is not { } input || input.Value.Span[0] != '[')
            return;
        using JsonDocument items = JsonDocument.Parse(input.Value);
        int index = 0;
        foreach (JsonElement item in items.RootElement.EnumerateArray())
        {
            Check(item, $"input[{index++}]");
        }
    }

    // The provider's account is shared: an id in it may be another tenant's.
    private static void Check(JsonElement item, string place)
    {
        if (item.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement inner in item.EnumerateArray())
                Check(inner, $"{place}[{index++}]");
        }
        if (item.ValueKind != JsonValueKind.Object)
            return;
        foreach (JsonProperty member in item.EnumerateObject())
        {
            if (
                member.Name == "type"
                && member.Value.ValueKind == JsonValueKind.String
                && member.Value.ValueEquals("item_reference")
            )
                throw RequestErrors.WrongValue($"{place}.type", "may not refer to an item: the gateway keeps none");
            if (member.Name == "file_id" && member.Value.ValueKind != JsonValueKind.Null)
                throw RequestErrors.WrongValue($"{place}.file_id", "is not supported; send the file itself");
            if (member.Name == "content")
                Check(member.Value, $"{place}.content");
        }
    }
}
