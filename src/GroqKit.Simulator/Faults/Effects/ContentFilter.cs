using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>A refusal of what the request says. Groq's chat has none; providers that speak like OpenAI do.</summary>
internal static class ContentFilter
{
    public static FaultDefinition Definition { get; } =
        new(
            "content-filter",
            "answers 400 content_filter: a prompt that is refused for what it says",
            [],
            _ => new StatusFault(
                ApiErrors.Invalid("The prompt was refused by the content filter.", "messages", "content_filter")
            )
        );
}
