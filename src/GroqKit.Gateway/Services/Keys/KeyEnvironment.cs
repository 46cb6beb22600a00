namespace GroqKit.Gateway.Services.Keys;

/// <summary>Where the gateway runs, as its keys say.</summary>
/// <param name="Name">A short word such as <c>dev</c> or <c>live</c>.</param>
internal sealed record KeyEnvironment(string Name);
