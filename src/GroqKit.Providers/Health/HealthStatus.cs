namespace GroqKit.Providers.Health;

/// <summary>How a model behind one key at one address is doing.</summary>
public enum HealthStatus
{
    /// <summary>It was not asked yet.</summary>
    Unknown,

    /// <summary>Its last call worked.</summary>
    Healthy,

    /// <summary>It takes calls, and some of the last failed, or little is left of its rate limit.</summary>
    Degraded,

    /// <summary>It is passed over.</summary>
    Down,

    /// <summary>It is switched off.</summary>
    Disabled,
}
