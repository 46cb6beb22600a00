using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback;

/// <summary>The caller's options for one of several models: the chain chooses the model, and the caller's own options are only read.</summary>
internal static class TargetOptions
{
    public static ChatOptions? For(ChatOptions? options, FallbackTarget target)
    {
        if (Suits(options?.ModelId, target))
            return options;
        ChatOptions own = options!.Clone();
        own.ModelId = target.Model;
        return own;
    }

    public static SpeechToTextOptions? For(SpeechToTextOptions? options, FallbackTarget target)
    {
        if (Suits(options?.ModelId, target))
            return options;
        SpeechToTextOptions own = options!.Clone();
        own.ModelId = target.Model;
        return own;
    }

    public static TextToSpeechOptions? For(TextToSpeechOptions? options, FallbackTarget target)
    {
        if (Suits(options?.ModelId, target))
            return options;
        TextToSpeechOptions own = options!.Clone();
        own.ModelId = target.Model;
        return own;
    }

    private static bool Suits(string? named, FallbackTarget target) => named is null || named == target.Model;
}
