using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>Counts speech in one piece.</summary>
internal sealed class WholeSpokenTally : OutputTally<TextToSpeechResponse>
{
    private readonly AudioTally _audio = new();

    public override bool Add(TextToSpeechResponse item)
    {
        Usage = item.Usage;
        _audio.Add(item.Contents);
        // Nothing more will come: whether it is any good is asked at once, before it is delivered.
        return _audio.FindFault() is { } fault ? throw fault : true;
    }

    public override ProviderException? FindFault() => _audio.FindFault();
}
