namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>What a node says and asks.</summary>
/// <param name="Node">Who asks.</param>
/// <param name="Report">What it has used.</param>
/// <param name="Keep">What it still holds, and wants to go on holding.</param>
/// <param name="Least">The smallest amount that helps.</param>
/// <param name="Need">The amount that all waiting calls need.</param>
/// <param name="Extra">What it would like to have in advance.</param>
/// <param name="Limit">How much the window allows.</param>
/// <param name="History">What the database says was used in the present period; null where it wasn't asked.</param>
internal sealed record LeaseRequest(
    string Node,
    LeaseReport Report,
    long Keep,
    long Least,
    long Need,
    long Extra,
    long Limit,
    long? History = null
);
