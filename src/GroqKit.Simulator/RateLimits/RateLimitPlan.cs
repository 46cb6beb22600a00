namespace GroqKit.Simulator.RateLimits;

/// <summary>Which set of limits the simulator enforces, per key and per model.</summary>
public enum RateLimitPlan
{
    /// <summary>The figures of Groq's paid Developer plan; a figure that is not published is taken as unlimited.</summary>
    Developer,

    /// <summary>The figures of Groq's free plan.</summary>
    Free,

    /// <summary>The figures of <see cref="Hosting.SimulatorOptions.CustomLimits"/>, the same for every model.</summary>
    Custom,

    /// <summary>No limits and no rate-limit headers: for load tests.</summary>
    Off,
}
