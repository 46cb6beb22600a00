using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>Counts a transcript in one piece.</summary>
internal sealed class WholeTranscriptTally : OutputTally<SpeechToTextResponse>
{
    public override bool Add(SpeechToTextResponse item)
    {
        Usage = item.Usage;
        return true;
    }

    public override ProviderException? FindFault() => null;
}
