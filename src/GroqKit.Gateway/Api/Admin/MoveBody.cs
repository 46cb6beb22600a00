namespace GroqKit.Gateway.Api.Admin;

/// <summary>The body that moves all agents to another provider, for the API document.</summary>
internal sealed record MoveBody(string To, IReadOnlyDictionary<string, string>? Models, bool? DryRun);
