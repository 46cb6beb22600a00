using System.Diagnostics;
using GroqKit.Responses;

namespace GroqKit.Telemetry;

/// <summary>Describes responses on spans. By the conventions they are chats.</summary>
internal sealed class ResponseOperation : OperationKind
{
    private ResponseOperation()
        : base(GenAiNames.Operations.Chat, isInference: true) { }

    public static ResponseOperation Instance { get; } = new();

    public override void DescribeRequest(Activity activity, object request, SpanStyle style)
    {
        var asked = (ResponseRequest)request;
        Set(activity, GenAiNames.Groq.RequestServiceTier, asked.ServiceTier?.Value);
        if (!style.GenAi)
            return;
        Set(activity, GenAiNames.RequestMaxTokens, asked.MaxOutputTokens);
        Set(activity, GenAiNames.RequestTemperature, asked.Temperature);
        Set(activity, GenAiNames.RequestTopP, asked.TopP);
        if (style.Next)
            Set(activity, GenAiNames.Next.RequestReasoningLevel, asked.Reasoning?.Effort?.Value);
    }

    public override void DescribeAnswer(Activity activity, object answer, SpanStyle style)
    {
        var response = (Response)answer;
        Set(activity, GenAiNames.Groq.ResponseServiceTier, response.ServiceTier?.Value);
        if (!style.GenAi)
            return;
        Set(activity, GenAiNames.ResponseId, response.Id);
        if (response.Status == ResponseStatus.Completed || response.Status == ResponseStatus.Incomplete)
        {
            activity.Put(
                GenAiNames.ResponseFinishReasons,
                new[] { response.IncompleteDetails?.Reason ?? response.Status.Value }
            );
        }
    }
}
