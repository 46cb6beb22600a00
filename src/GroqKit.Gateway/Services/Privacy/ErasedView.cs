namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What was erased of a caller's own user.</summary>
/// <param name="Accounts">Calls that no longer say whose they were.</param>
/// <param name="Bodies">Requests and answers that were deleted.</param>
/// <param name="Answers">Answers kept for repeated requests that were deleted.</param>
internal sealed record ErasedView(int Accounts, int Bodies, int Answers);
