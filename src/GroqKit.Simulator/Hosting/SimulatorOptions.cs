using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Scenarios;

namespace GroqKit.Simulator.Hosting;

/// <summary>How the simulator behaves. Read once, when a server starts.</summary>
public sealed record SimulatorOptions
{
    /// <summary>As quick as Groq is for most people, and nothing kept: for servers that somebody looks at rather than tests.</summary>
    public static SimulatorOptions AtGroqSpeed { get; } =
        new()
        {
            FirstToken = TimeSpan.FromMilliseconds(50),
            TokensPerSecond = 500,
            RecordedRequests = 0,
        };

    /// <summary>From the request to the first token. Default zero; 0 to one hour.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.Zero;

    /// <summary>Tokens a second after the first; above 0. Null (the default) is as fast as possible.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>The keys that are accepted. Null (the default) accepts every key that does not contain <c>invalid</c>.</summary>
    public IReadOnlyCollection<string>? AcceptedKeys { get; init; }

    /// <summary>The limits in force, per key and model. Default <see cref="RateLimitPlan.Developer"/>.</summary>
    public RateLimitPlan RateLimits { get; init; } = RateLimitPlan.Developer;

    /// <summary>The limits of <see cref="RateLimitPlan.Custom"/>; needed with that plan and refused with any other.</summary>
    public ModelLimits? CustomLimits { get; init; }

    /// <summary>Whether the models that only enterprise contracts may call are open. Default false.</summary>
    public bool EnterpriseModels { get; init; }

    /// <summary>Whether retired models answer as they did, for programs that still use them; Compound with its tools is among them. Default false.</summary>
    public bool RetiredModels { get; init; }

    /// <summary>Answers given in a sequence of their own, see <see cref="ScenarioScript.Load"/>; null (the default) has none.</summary>
    public ScenarioScript? Scenarios { get; init; }

    /// <summary>What decides which requests a fault meets that meets only some. The same seed meets the same ones. Default 0.</summary>
    public ulong FaultSeed { get; init; }

    /// <summary>The longest body in bytes; longer ones get 413. Default 33 MB; 1 KB to 1 GB.</summary>
    public int MaxRequestBodyBytes { get; init; } = 33_000_000;

    /// <summary>How many requests the log keeps, 0 to 1,000,000; 0 switches it off. Default 1,000.</summary>
    public int RecordedRequests { get; init; } = 1_000;

    /// <summary>How long each line of a batch takes. Default zero; 0 to one hour.</summary>
    public TimeSpan BatchLineTime { get; init; } = TimeSpan.Zero;

    /// <summary>The clock for answers, limits and waits. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Everything that is wrong, each with the option's name; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        if (FirstToken < TimeSpan.Zero || FirstToken > TimeSpan.FromHours(1))
            errors.Add($"{nameof(FirstToken)} must be between 0 and 1 hour, not {FirstToken}.");
        if (BatchLineTime < TimeSpan.Zero || BatchLineTime > TimeSpan.FromHours(1))
            errors.Add($"{nameof(BatchLineTime)} must be between 0 and 1 hour, not {BatchLineTime}.");
        if (TokensPerSecond is { } rate && !(rate is > 0 and <= 1_000_000))
            errors.Add($"{nameof(TokensPerSecond)} must be above 0 and at most 1,000,000, or null, not {rate}.");
        if (AcceptedKeys is { Count: 0 })
            errors.Add($"{nameof(AcceptedKeys)} must name at least one key, or be null to accept any.");
        if (AcceptedKeys?.Any(string.IsNullOrWhiteSpace) is true)
            errors.Add($"{nameof(AcceptedKeys)} holds an empty key.");
        if (!Enum.IsDefined(RateLimits))
            errors.Add($"{nameof(RateLimits)} must be one of {string.Join(", ", Enum.GetNames<RateLimitPlan>())}.");
        if (RateLimits is RateLimitPlan.Custom != CustomLimits is not null)
            errors.Add($"{nameof(CustomLimits)} goes with {nameof(RateLimits)} = Custom, and only with it.");
        if (MaxRequestBodyBytes is < 1_024 or > 1_073_741_824)
            errors.Add(
                $"{nameof(MaxRequestBodyBytes)} must be between 1,024 and 1,073,741,824, not {MaxRequestBodyBytes}."
            );
        if (RecordedRequests is < 0 or > 1_000_000)
            errors.Add($"{nameof(RecordedRequests)} must be between 0 and 1,000,000, not {RecordedRequests}.");
        if (TimeProvider is null)
            errors.Add($"{nameof(TimeProvider)} must not be null.");
        return errors;
    }
}
