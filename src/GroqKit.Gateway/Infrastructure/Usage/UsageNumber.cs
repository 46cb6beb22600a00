using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>A whole number of a record.</summary>
internal delegate long? UsageNumber(in UsageRecord record);
