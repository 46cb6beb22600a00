namespace GroqKit.Gateway.Services.Keys;

/// <summary>What a key may do at most; scopes narrow it.</summary>
internal enum CallerRole
{
    /// <summary>Calls models.</summary>
    Caller,

    /// <summary>Also administers agents and providers, and reads usage.</summary>
    Operator,

    /// <summary>Also makes and revokes keys.</summary>
    Admin,
}
