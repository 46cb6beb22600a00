using GroqKit.Providers;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>
/// Takes the words of speech and when each is heard, no later than its sound: a feature of the context of calls that the gateway makes of itself. Safe
/// for whoever speaks and whoever listens.
/// </summary>
internal sealed class WordSink
{
    private readonly Lock _gate = new();
    private List<SpokenWord> _words = [];

    /// <summary>Somebody else speaks, from the beginning.</summary>
    public void Clear()
    {
        lock (_gate)
            _words.Clear();
    }

    public void Add(IReadOnlyList<SpokenWord> words)
    {
        if (words.Count == 0)
            return;
        lock (_gate)
            _words.AddRange(words);
    }

    /// <summary>What came since the last time.</summary>
    public IReadOnlyList<SpokenWord> Take()
    {
        lock (_gate)
        {
            if (_words.Count == 0)
                return [];
            List<SpokenWord> taken = _words;
            _words = [];
            return taken;
        }
    }
}
