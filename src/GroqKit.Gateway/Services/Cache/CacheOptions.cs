namespace GroqKit.Gateway.Services.Cache;

/// <summary>How much is cached, and for how long.</summary>
internal sealed record CacheOptions
{
    /// <summary>The longest that anything is kept; what marks a tag as invalid is kept longer than that.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(24);

    /// <summary>False: nothing is read or kept, everything is fetched.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Room in this process's memory, in bytes. Default 64 MB.</summary>
    public long MemoryBytes { get; init; } = 64_000_000;

    /// <summary>The largest value that is kept, in bytes; larger ones are fetched each time. Default 1 MB.</summary>
    public int LargestValue { get; init; } = 1_000_000;

    /// <summary>For how long, where nothing else is said. Default 5 minutes.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long answers are kept, where neither agent nor caller says otherwise. Default one hour.</summary>
    public TimeSpan AnswerLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>By how much lifetimes are shortened at random, so that what was fetched together isn't fetched together again: 0 to 1.</summary>
    public double Jitter { get; init; } = 0.1;
}
