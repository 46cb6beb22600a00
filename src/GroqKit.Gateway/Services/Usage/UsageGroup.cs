namespace GroqKit.Gateway.Services.Usage;

/// <summary>What a report can be divided by.</summary>
internal enum UsageGroup
{
    Agent,
    Key,
    Provider,
    Model,
    Service,

    /// <summary>The hour in which calls began, in UTC.</summary>
    Hour,

    /// <summary>The day in which calls began, in UTC.</summary>
    Day,
}
