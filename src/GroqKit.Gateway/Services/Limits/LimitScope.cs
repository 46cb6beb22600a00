namespace GroqKit.Gateway.Services.Limits;

/// <summary>Whom a limit holds for.</summary>
internal enum LimitScope
{
    Key,
    Agent,

    /// <summary>One of the caller's own users; counted for each key apart.</summary>
    User,
}
