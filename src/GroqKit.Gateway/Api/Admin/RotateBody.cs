namespace GroqKit.Gateway.Api.Admin;

/// <summary>The body that exchanges a key's text, for the API document.</summary>
internal sealed record RotateBody(int? OverlapSeconds);
