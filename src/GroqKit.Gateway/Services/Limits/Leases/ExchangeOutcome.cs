namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>How an exchange with the store ended.</summary>
internal enum ExchangeOutcome
{
    /// <summary>The store didn't answer.</summary>
    Away,

    /// <summary>It answered.</summary>
    Told,

    /// <summary>It answered, and can't say what is left: it has forgotten, or the database is away that it begins with.</summary>
    Unknown,
}
