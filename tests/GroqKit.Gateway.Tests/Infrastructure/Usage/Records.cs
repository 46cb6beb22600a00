using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Tests.Infrastructure.Usage;

/// <summary>Accounts to write.</summary>
internal static class Records
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One with every column filled.</summary>
    public static UsageRecord Full(string id = "req_1") =>
        new()
        {
            RequestId = id,
            Operation = Operation.Chat,
            Tenant = "default",
            KeyId = "key_1",
            Agent = "support",
            Conversation = "c-1",
            EndUser = "u-1 ü 😀",
            Provider = "groq",
            Model = "openai/gpt-oss-120b",
            Streamed = true,
            Outcome = Outcome.ClientGone,
            Status = 200,
            Error = "client_gone",
            Fallback = "openai: upstream_unreachable",
            Usage = new TokenUsage(10, 20, 30, 4, 5),
            Speech = new SpeechUsage(TimeSpan.FromSeconds(1.5), 7, 8, TimeSpan.FromSeconds(2.25)),
            Estimated = true,
            Cached = true,
            Cost = 0.000000123456789m,
            FinishReason = "stop",
            StartedAt = Noon,
            Duration = TimeSpan.FromMilliseconds(900),
            FirstToken = TimeSpan.FromMilliseconds(300),
            Overhead = TimeSpan.FromTicks(77),
        };

    /// <summary>One with only what every record has.</summary>
    public static UsageRecord Bare(string id) =>
        new()
        {
            RequestId = id,
            Operation = Operation.Models,
            Tenant = "default",
            KeyId = "key_2",
            Outcome = Outcome.Refused,
            Status = 400,
            StartedAt = Noon,
        };
}
