using System.Collections.Immutable;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>What an operator asks of a target; null leaves what is there.</summary>
internal sealed record WebhookTargetRequest(
    string? Url,
    string? Description,
    ImmutableArray<string>? Events,
    bool? Enabled
);
