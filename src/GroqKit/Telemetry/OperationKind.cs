using System.Diagnostics;

namespace GroqKit.Telemetry;

/// <summary>What a call does, and how it is described on a span.</summary>
/// <param name="name">The operation's name, as in <see cref="GenAiNames.Operations"/> or a word of ours.</param>
/// <param name="isInference">Whether a model is at work, so that the GenAI conventions apply.</param>
internal class OperationKind(string name, bool isInference)
{
    public string Name => name;

    public bool IsInference => isInference;

    /// <summary>Puts what is asked on a span.</summary>
    public virtual void DescribeRequest(Activity activity, object request, SpanStyle style) { }

    /// <summary>Puts what was answered on a span, as far as it got.</summary>
    public virtual void DescribeAnswer(Activity activity, object answer, SpanStyle style) { }

    /// <summary>The header says the same, but a proxy may have dropped it.</summary>
    protected static void SetRequestId(Activity activity, string? id)
    {
        if (activity.GetTagItem(GenAiNames.Groq.ResponseRequestId) is null)
            Set(activity, GenAiNames.Groq.ResponseRequestId, id);
    }

    /// <summary>What was not said is left out, never written as zero or empty.</summary>
    protected static void Set<T>(Activity activity, string name, T? value)
    {
        if (value is not null and not "")
            activity.Put(name, value);
    }
}
