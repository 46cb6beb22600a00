using System.Collections.Frozen;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>Every property that a chat request may have, with its range. Whatever is not here is refused, as Groq does.</summary>
internal static class ChatRequestRules
{
    private const int MostTools = 128;
    private const int MostStops = 4;
    private const int MostOther = 10_000;

    public static FrozenDictionary<string, ChatRequestRule> All { get; } =
        new Dictionary<string, ChatRequestRule>(StringComparer.Ordinal)
        {
            ["model"] = new((request, field) => request.Model = field.NonEmptyText(), MayBeNull: false),
            ["messages"] = new(
                (request, field) => request.Messages = [.. field.Items(1, int.MaxValue).Select(MessageReader.Read)],
                MayBeNull: false
            ),
            ["max_completion_tokens"] = new((request, field) => request.MaxTokens = field.Integer(1, int.MaxValue)),
            ["max_tokens"] = new((request, field) => request.MaxTokens ??= field.Integer(1, int.MaxValue)),
            ["temperature"] = new((_, field) => field.Number(0, 2)),
            ["top_p"] = new((_, field) => field.Number(0, 1)),
            ["n"] = new((_, field) => field.Integer(1, 1)),
            ["stop"] = new(ReadStop),
            ["seed"] = new((request, field) => request.Seed = field.Integer()),
            ["stream"] = new((request, field) => request.Stream = field.Bool()),
            ["stream_options"] = new(ReadStreamOptions),
            ["tools"] = new(
                (request, field) => request.Tools = [.. field.Items(0, MostTools).Select(ToolReader.ReadTool)]
            ),
            ["tool_choice"] = new((request, field) => request.ToolChoice = ToolReader.ReadChoice(field)),
            ["parallel_tool_calls"] = new((request, field) => request.ParallelToolCalls = field.Bool()),
            ["disable_tool_validation"] = new((_, field) => field.Bool(), MayBeNull: false),
            ["functions"] = new(ReadFunctions),
            ["function_call"] = new((request, field) => request.ToolChoice = ToolReader.ReadFunctionChoice(field)),
            ["response_format"] = new(
                (request, field) =>
                {
                    request.Format = ResponseFormatReader.Read(field);
                    if (request.Format.Schema is { } schema)
                        request.OtherTokens += TokenRule.Count(schema.GetRawText());
                }
            ),
            ["reasoning_effort"] = new(
                (request, field) => request.ReasoningEffort = field.OneOf("none", "default", "low", "medium", "high")
            ),
            ["reasoning_format"] = new(
                (request, field) => request.ReasoningFormat = field.OneOf("hidden", "raw", "parsed")
            ),
            ["include_reasoning"] = new((request, field) => request.IncludeReasoning = field.Bool()),
            ["service_tier"] = new(
                (request, field) => request.ServiceTier = field.OneOf("auto", "on_demand", "flex", "performance")
            ),
            ["user"] = new((_, field) => field.Text()),
            ["frequency_penalty"] = new((_, field) => field.Number(-2, 2)),
            ["presence_penalty"] = new((_, field) => field.Number(-2, 2)),
            ["logit_bias"] = new((_, field) => throw NotSupported(field)),
            ["logprobs"] = new(
                (_, field) =>
                {
                    if (field.Bool())
                        throw NotSupported(field);
                }
            ),
            ["top_logprobs"] = new((_, field) => throw NotSupported(field)),
            ["metadata"] = new(
                (_, field) =>
                {
                    foreach (Field value in field.Properties())
                        value.Text();
                }
            ),
            ["store"] = new((_, field) => field.Bool()),
            ["documents"] = new(
                (request, field) => request.OtherTokens += field.Items(0, MostOther).Sum(DocumentReader.Tokens)
            ),
            ["citation_options"] = new((_, field) => field.OneOf("enabled", "disabled")),
            ["include_domains"] = new(ReadTexts),
            ["exclude_domains"] = new(ReadTexts),
            ["search_settings"] = new((_, field) => RequireObject(field)),
            ["compound_custom"] = new(CompoundReader.Read),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static void ReadStop(ChatRequest request, Field field)
    {
        if (field.IsText)
            request.Stop = [field.Text()];
        else if (field.IsArray)
            request.Stop = [.. field.Items(0, MostStops).Select(stop => stop.Text())];
        else
            throw field.Must("be a string or an array of strings");
    }

    private static void ReadStreamOptions(ChatRequest request, Field field)
    {
        foreach (Field option in field.Properties())
        {
            if (option.Name is not "include_usage")
                throw option.Unsupported();
            request.IncludeUsage = !option.IsNull && option.Bool();
        }
    }

    private static void ReadFunctions(ChatRequest request, Field field)
    {
        request.Tools = [.. field.Items(0, MostTools).Select(ToolReader.ReadFunction)];
        request.UsesFunctions = true;
    }

    private static void ReadTexts(ChatRequest request, Field field)
    {
        foreach (Field item in field.Items(0, MostOther))
            item.Text();
    }

    private static void RequireObject(Field field)
    {
        if (!field.IsObject)
            throw field.Must("be an object");
    }

    private static Errors.ApiException NotSupported(Field field) =>
        field.Error($"{field.Path} is not supported with this model");
}
