using System.Collections.Frozen;
using GroqKit.Catalog;

namespace GroqKit.Providers.Naming;

/// <summary>
/// Other people's names of models, and whom to ask for what instead: for programs that move without being rewritten. Names compare without
/// regard to the case of letters. Immutable.
/// </summary>
public sealed class ModelNames
{
    private readonly FrozenDictionary<string, ModelName> _names;

    private ModelNames(IEnumerable<KeyValuePair<string, ModelName>> names) =>
        _names = names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>No name stands for another.</summary>
    public static ModelNames Empty { get; } = new([]);

    /// <summary>OpenAI's older names, each with the model of a provider called <c>groq</c> that does the same work.</summary>
    public static ModelNames ToGroq { get; } =
        new(
            new Dictionary<string, ModelName>
            {
                ["gpt-4"] = new("groq", GroqModels.GptOss120B),
                ["gpt-4-turbo"] = new("groq", GroqModels.GptOss120B),
                ["gpt-4o"] = new("groq", GroqModels.Qwen38),
                ["gpt-4o-mini"] = new("groq", GroqModels.GptOss20B),
                ["gpt-4.1"] = new("groq", GroqModels.GptOss120B),
                ["gpt-4.1-mini"] = new("groq", GroqModels.GptOss20B),
                ["gpt-3.5-turbo"] = new("groq", GroqModels.GptOss20B),
                ["whisper-1"] = new("groq", GroqModels.WhisperLargeV3Turbo),
                ["tts-1"] = new("groq", GroqModels.OrpheusEnglish),
                ["tts-1-hd"] = new("groq", GroqModels.OrpheusEnglish),
            }
        );

    /// <summary>The names that stand for others.</summary>
    public IReadOnlyCollection<string> Names => _names.Keys;

    /// <summary>These names and one more, or one in another meaning.</summary>
    /// <param name="name">What callers say.</param>
    /// <param name="meaning">What is meant.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public ModelNames With(string name, ModelName meaning)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(meaning);
        return new([
            .. _names.Where(entry => !entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)),
            KeyValuePair.Create(name, meaning),
        ]);
    }

    /// <summary>What a name stands for; null when it stands for itself. A meaning is final: it is not looked up again.</summary>
    /// <param name="name">What a caller said.</param>
    public ModelName? Find(string name) => _names.GetValueOrDefault(name);
}
