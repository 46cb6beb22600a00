using System.Diagnostics;
using GroqKit.Chat;

namespace GroqKit.Telemetry;

/// <summary>Describes chats on spans.</summary>
internal sealed class ChatOperation : OperationKind
{
    private ChatOperation()
        : base(GenAiNames.Operations.Chat, isInference: true) { }

    public static ChatOperation Instance { get; } = new();

    public override void DescribeRequest(Activity activity, object request, SpanStyle style)
    {
        var chat = (ChatRequest)request;
        Set(activity, GenAiNames.Groq.RequestServiceTier, chat.ServiceTier?.Value);
        if (!style.GenAi)
            return;
        Set(activity, GenAiNames.RequestMaxTokens, chat.MaxCompletionTokens ?? chat.MaxTokens);
        Set(activity, GenAiNames.RequestTemperature, chat.Temperature);
        Set(activity, GenAiNames.RequestTopP, chat.TopP);
        Set(activity, GenAiNames.RequestFrequencyPenalty, chat.FrequencyPenalty);
        Set(activity, GenAiNames.RequestPresencePenalty, chat.PresencePenalty);
        Set(activity, GenAiNames.RequestSeed, chat.Seed);
        Set(activity, GenAiNames.RequestStopSequences, chat.Stop?.ToArray());
        Set(activity, GenAiNames.RequestChoiceCount, chat.N is 1 ? null : chat.N);
        Set(activity, GenAiNames.OutputType, OutputType(chat.ResponseFormat));
        if (style.Next)
            Set(activity, GenAiNames.Next.RequestReasoningLevel, chat.ReasoningEffort?.Value);
        if (!style.Content)
            return;
        activity.Put(GenAiNames.InputMessages, MessageContents.Input(chat.Messages));
        if (chat.Tools is { Count: > 0 } tools)
            activity.Put(GenAiNames.ToolDefinitions, MessageContents.Tools(tools));
    }

    public override void DescribeAnswer(Activity activity, object answer, SpanStyle style)
    {
        var completion = (ChatCompletion)answer;
        SetRequestId(activity, completion.XGroq?.Id);
        Set(activity, GenAiNames.Groq.ResponseServiceTier, completion.ServiceTier?.Value);
        Set(activity, GenAiNames.Groq.ResponseSystemFingerprint, completion.SystemFingerprint);
        if (completion.Usage is { } usage)
        {
            Set(activity, GenAiNames.Groq.UsageQueueTime, usage.QueueTime);
            Set(activity, GenAiNames.Groq.UsagePromptTime, usage.PromptTime);
            Set(activity, GenAiNames.Groq.UsageCompletionTime, usage.CompletionTime);
            Set(activity, GenAiNames.Groq.UsageTotalTime, usage.TotalTime);
        }
        if (!style.GenAi)
            return;
        Set(activity, GenAiNames.ResponseId, completion.Id);
        Set(activity, GenAiNames.ResponseFinishReasons, FinishReasons(completion));
        if (style.Content)
            activity.Put(GenAiNames.OutputMessages, MessageContents.Output(completion.Choices));
    }

    private static string? OutputType(ResponseFormat? format) =>
        format is null ? null
        : format.Type == ResponseFormatType.Text ? "text"
        : "json";

    // A reader that left early, or a stream that broke, leaves choices without a reason.
    private static string[]? FinishReasons(ChatCompletion completion)
    {
        string[] reasons = [.. completion.Choices.Select(choice => choice.FinishReason?.Value).OfType<string>()];
        return reasons.Length > 0 && reasons.Length == completion.Choices.Count ? reasons : null;
    }
}
