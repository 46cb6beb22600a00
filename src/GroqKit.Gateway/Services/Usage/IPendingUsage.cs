namespace GroqKit.Gateway.Services.Usage;

/// <summary>Accounts that the store doesn't have yet.</summary>
internal interface IPendingUsage
{
    /// <summary>Waits until this node's are stored.</summary>
    /// <exception cref="Exception">The store failed, with whatever it says.</exception>
    Task ShippedAsync(CancellationToken cancellationToken);

    /// <summary>The same, and nothing of them is left where they waited.</summary>
    /// <exception cref="Exception">The store failed, with whatever it says.</exception>
    Task ForgottenAsync(CancellationToken cancellationToken);
}
