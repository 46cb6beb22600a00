using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>A text of a record.</summary>
internal delegate string? UsageText(in UsageRecord record);
