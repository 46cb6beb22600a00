namespace GroqKit.Providers.Health;

/// <summary>Whether a lane takes calls.</summary>
internal enum LaneAvailability
{
    /// <summary>Calls go through.</summary>
    Open,

    /// <summary>Calls go through, yet little is left of its rate limit.</summary>
    NearlyUsedUp,

    /// <summary>Passed over for a while.</summary>
    Closed,
}
