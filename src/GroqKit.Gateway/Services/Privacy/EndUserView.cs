namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What is stored of a caller's own user.</summary>
/// <param name="User">The user, as the caller names it.</param>
/// <param name="Calls">The newest first.</param>
/// <param name="Truncated">Whether there are more calls than are shown.</param>
internal sealed record EndUserView(string User, IReadOnlyList<EndUserCall> Calls, bool Truncated);
