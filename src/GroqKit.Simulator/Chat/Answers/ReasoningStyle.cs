using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.Chat.Answers;

/// <summary>How much a model thinks for a request, and where the thinking shows.</summary>
/// <param name="Sentences">Zero: it does not think.</param>
/// <param name="Place">parsed (a field), raw (inside the content) or hidden (billed, not shown).</param>
internal readonly record struct ReasoningStyle(int Sentences, string Place)
{
    public static ReasoningStyle Of(ChatRequest request, Model model)
    {
        if (request.Words is not null)
            return new(0, PlaceOf(request, model));
        if (!model.Can("reasoning"))
            return new(0, "hidden");
        // GPT-OSS always thinks; the others only when an effort is asked for.
        string effort = request.ReasoningEffort ?? "default";
        int sentences = effort switch
        {
            "minimal" or "low" => 1,
            "medium" => 2,
            "high" => 5,
            "xhigh" or "max" => 8,
            "default" when model.IsGptOss => 2,
            _ => 0,
        };
        return new(sentences, PlaceOf(request, model));
    }

    private static string PlaceOf(ChatRequest request, Model model)
    {
        if (request.IncludeReasoning is false)
            return "hidden";
        if (request.ReasoningFormat is { } asked)
            return asked;
        // Think tags would break calls and JSON, so there the thoughts go to their own field.
        bool hasOwnField = model.IsGptOss || request.HasFunctions || request.Format.IsJson;
        return hasOwnField || request.IncludeReasoning is true ? "parsed" : "raw";
    }
}
