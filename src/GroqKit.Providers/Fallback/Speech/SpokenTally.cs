using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>Counts speech that is streamed.</summary>
internal sealed class SpokenTally : OutputTally<TextToSpeechResponseUpdate>
{
    private readonly AudioTally _audio = new();

    public override bool Add(TextToSpeechResponseUpdate item)
    {
        foreach (AIContent content in item.Contents)
        {
            if (content is UsageContent usage)
                Usage = usage.Details;
        }
        return _audio.Add(item.Contents);
    }

    public override ProviderException? FindFault() => _audio.FindFault();
}
