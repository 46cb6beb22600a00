namespace GroqKit.Gateway.Services.Keys;

/// <summary>What a key may do.</summary>
internal enum CallerRole
{
    /// <summary>Calls models.</summary>
    Caller,

    /// <summary>Calls models and administers the gateway.</summary>
    Admin,
}
