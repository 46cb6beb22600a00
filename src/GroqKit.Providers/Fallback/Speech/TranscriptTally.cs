using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>Counts a transcript that is streamed. A transcript may be empty: nobody spoke.</summary>
internal sealed class TranscriptTally : OutputTally<SpeechToTextResponseUpdate>
{
    public override bool Add(SpeechToTextResponseUpdate item)
    {
        foreach (AIContent content in item.Contents)
        {
            if (content is UsageContent usage)
                Usage = usage.Details;
            else if (content is ErrorContent error)
                throw new ProviderException(ProviderFailure.Server, error.Message ?? "The transcript holds an error.");
        }
        return item.Text.Length > 0;
    }

    public override ProviderException? FindFault() => null;
}
