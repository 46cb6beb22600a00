using System.Runtime.CompilerServices;
using GroqKit.Gateway.Api.OpenAi.Audio;
using GroqKit.Providers;
using Microsoft.Extensions.AI;

namespace GroqKit.Gateway.Api.Voice.Inner;

/// <summary>A voice within the gateway: what it says has the times of its words, which no caller's answer carries.</summary>
internal sealed class TimedVoice(ITextToSpeechClient inner) : DelegatingTextToSpeechClient(inner)
{
    // The call is made further down in the same flow of control, by a client that knows nothing of words.
    private static readonly AsyncLocal<WordSink?> Current = new();

    /// <summary>Where the words of the call go that this flow of control makes; null when nobody wants them.</summary>
    public static WordSink? Words => Current.Value;

    public override async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var words = new WordSink();
        Current.Value = options?.AdditionalProperties?.GetValueOrDefault(SpeechProperties.WordTimes) is true
            ? words
            : null;
        await foreach (
            TextToSpeechResponseUpdate update in InnerClient.GetStreamingAudioAsync(text, options, cancellationToken)
        )
        {
            if (words.Take() is { Count: > 0 } told)
                (update.AdditionalProperties ??= [])[SpeechProperties.Words] = told;
            yield return update;
        }
    }
}
