using System.Diagnostics;
using GroqKit.Completions;

namespace GroqKit.Telemetry;

/// <summary>Describes continued texts on spans.</summary>
internal sealed class TextCompletionOperation : OperationKind
{
    private TextCompletionOperation()
        : base(GenAiNames.Operations.TextCompletion, isInference: true) { }

    public static TextCompletionOperation Instance { get; } = new();

    public override void DescribeRequest(Activity activity, object request, SpanStyle style)
    {
        if (!style.GenAi)
            return;
        var completion = (CompletionRequest)request;
        Set(activity, GenAiNames.RequestMaxTokens, completion.MaxTokens);
        Set(activity, GenAiNames.RequestTemperature, completion.Temperature);
        Set(activity, GenAiNames.RequestTopP, completion.TopP);
        Set(activity, GenAiNames.RequestFrequencyPenalty, completion.FrequencyPenalty);
        Set(activity, GenAiNames.RequestPresencePenalty, completion.PresencePenalty);
        Set(activity, GenAiNames.RequestSeed, completion.Seed);
        Set(activity, GenAiNames.RequestStopSequences, completion.Stop?.ToArray());
        Set(activity, GenAiNames.RequestChoiceCount, completion.N is 1 ? null : completion.N);
    }

    public override void DescribeAnswer(Activity activity, object answer, SpanStyle style)
    {
        var completion = (Completion)answer;
        Set(activity, GenAiNames.Groq.ResponseSystemFingerprint, completion.SystemFingerprint);
        if (!style.GenAi)
            return;
        Set(activity, GenAiNames.ResponseId, completion.Id);
        IReadOnlyList<CompletionChoice> choices = completion.Choices ?? [];
        string[] reasons = [.. choices.Select(choice => choice.FinishReason?.Value).OfType<string>()];
        if (reasons.Length > 0 && reasons.Length == choices.Count)
            activity.Put(GenAiNames.ResponseFinishReasons, reasons);
    }
}
