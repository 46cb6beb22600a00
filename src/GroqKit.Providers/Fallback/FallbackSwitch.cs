namespace GroqKit.Providers.Fallback;

/// <summary>Another provider goes on with an answer of which a part was delivered.</summary>
/// <param name="From">The provider whose answer broke.</param>
/// <param name="To">The provider that goes on.</param>
/// <param name="Restarted">True: what was delivered is void, the answer begins anew. False: it goes on where it stopped.</param>
/// <param name="Reason">What went wrong.</param>
public sealed record FallbackSwitch(string From, string To, bool Restarted, ProviderFailure Reason)
{
    /// <summary>The name under which the piece that announces a switch carries it among its additional properties.</summary>
    public const string PropertyName = "groqkit.switch";
}
