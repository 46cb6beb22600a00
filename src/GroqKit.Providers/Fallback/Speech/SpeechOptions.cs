using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>The caller's options for one of several models: the chain chooses the model.</summary>
internal static class SpeechOptions
{
    public static TextToSpeechOptions? For(TextToSpeechOptions? options, FallbackTarget target)
    {
        if (options?.ModelId is null || options.ModelId == target.Model)
            return options;
        TextToSpeechOptions own = options.Clone();
        own.ModelId = target.Model;
        return own;
    }

    public static SpeechToTextOptions? For(SpeechToTextOptions? options, FallbackTarget target)
    {
        if (options?.ModelId is null || options.ModelId == target.Model)
            return options;
        SpeechToTextOptions own = options.Clone();
        own.ModelId = target.Model;
        return own;
    }
}
