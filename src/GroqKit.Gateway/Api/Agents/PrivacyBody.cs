namespace GroqKit.Gateway.Api.Agents;

/// <summary>How an agent is to treat personal data, for the API document.</summary>
internal sealed record PrivacyBody(string? Data, bool? MaskAnswers, int? KeepDays);
