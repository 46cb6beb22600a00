using System.Diagnostics;

namespace GroqKit.Telemetry;

/// <summary>Puts attributes on spans.</summary>
internal static class SpanTags
{
    /// <summary>
    /// A span of ours gets each attribute once, so that there is no need to look for an earlier one, which takes longer with each. Somebody else's may
    /// have it from a call before.
    /// </summary>
    public static void Put(this Activity activity, string name, object value)
    {
        if (activity.Source.Name == GenAiNames.Scope)
            activity.AddTag(name, value);
        else
            activity.SetTag(name, value);
    }
}
