using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Played;

/// <summary>One thing that a played provider does within an answer.</summary>
internal abstract record Act
{
    public sealed record Say(AIContent Content) : Act;

    /// <summary>A piece that carries nothing: a role, a heartbeat.</summary>
    public sealed record Nothing : Act;

    public sealed record Finish(string Reason) : Act;

    /// <summary>Waits until it is cancelled.</summary>
    public sealed record Hang : Act;

    /// <summary>Waits until the test says so, or until it is cancelled.</summary>
    public sealed record Until(Task Signal) : Act;

    public sealed record Throw(Exception Error) : Act;

    public static Act Text(string text) => new Say(new TextContent(text));

    public static Act Fail(ProviderFailure failure, TimeSpan? retryAfter = null) =>
        new Throw(
            new ProviderException(failure, $"played {failure}", new ProviderFailureDetails { RetryAfter = retryAfter })
        );

    public static Act Used(int output) =>
        new Say(new UsageContent(new UsageDetails { InputTokenCount = 10, OutputTokenCount = output }));
}
