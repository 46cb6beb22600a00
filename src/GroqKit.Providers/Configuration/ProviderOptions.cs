namespace GroqKit.Providers.Configuration;

/// <summary>
/// A provider as an operator describes it. Binds to configuration; checked as a whole when providers are made, which copies what it needs. A list that is
/// set to null is an empty one.
/// </summary>
public sealed class ProviderOptions
{
    /// <summary>What it is called; unique. Letters, digits, dots, dashes and underscores, at most 64.</summary>
    public string Name { get; set; } = "";

    /// <summary>Which code talks to it: <c>groq</c>, <c>openai</c>, <c>elevenlabs</c> or a kind of your own.</summary>
    public string Kind { get; set; } = "";

    /// <summary>False keeps it configured and sends nothing to it. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The only key. Instead of <see cref="Keys"/>.</summary>
    public ApiKey? ApiKey { get; set; }

    /// <summary>Several keys. Instead of <see cref="ApiKey"/>.</summary>
    public IList<ProviderKeyOptions> Keys
    {
        get => field ??= [];
        set;
    }

    /// <summary>The only address. Instead of <see cref="BaseUrls"/>. Default: the kind's own.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Several addresses of the same provider, such as regions. Instead of <see cref="BaseUrl"/>.</summary>
    public IList<string> BaseUrls
    {
        get => field ??= [];
        set;
    }

    /// <summary>The models that may be used. Empty: all that the catalogue has, and whatever a caller names.</summary>
    public IList<string> Models
    {
        get => field ??= [];
        set;
    }

    /// <summary>The model of calls that name none, by service (<c>llm</c>, <c>stt</c>, <c>tts</c>).</summary>
    public IDictionary<string, string> DefaultModels
    {
        get => field ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        set;
    }

    /// <summary>Portable names of voices, and what the provider calls them. <c>default</c> is the voice of calls that name none.</summary>
    public IDictionary<string, string> Voices
    {
        get => field ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        set;
    }

    /// <summary>Requests per minute and key that are sent at most; at least 1. Default: no cap of our own.</summary>
    public int? RateLimitRpm { get; set; }

    /// <summary>One attempt, up to the whole answer, for a stream up to its headers. Default 60 s. More than zero, at most a day.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>All attempts and the waits between them. Default 180 s. More than zero, at most a day.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(180);

    /// <summary>The longest silence within a stream. Default 60 s. More than zero, at most a day.</summary>
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Repeats after the first attempt, 0 to 10. Default 2.</summary>
    public int MaxRetries { get; set; } = 2;

    /// <summary>Whether latencies are kept. Default true.</summary>
    public bool TrackLatency { get; set; } = true;

    /// <summary>How many calls the latencies are taken from, 10 to 10,000. Default 1000.</summary>
    public int LatencySamples { get; set; } = 1000;

    /// <summary>Headers for every call. Not those that calls set themselves.</summary>
    public IDictionary<string, string> Headers
    {
        get => field ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        set;
    }

    /// <summary>Settings that only this kind has; the kind's own page names them.</summary>
    public IDictionary<string, string> Settings
    {
        get => field ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        set;
    }
}
