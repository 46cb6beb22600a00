namespace GroqKit.Gateway.Services.Limits;

/// <summary>Why a call may not be made.</summary>
/// <param name="Scope">Whose limit it is.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Needed">What the call would need at most; null when its price isn't known.</param>
/// <param name="Take">What the counter said.</param>
internal sealed record LimitRefusal(LimitScope Scope, Limit Limit, decimal? Needed, LimitTake Take);
