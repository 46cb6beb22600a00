namespace GroqKit.TestKit;

/// <summary>What never comes.</summary>
public static class Forever
{
    /// <summary>Ends by cancellation only.</summary>
    public static Task WaitAsync(CancellationToken cancellationToken) =>
        new TaskCompletionSource().Task.WaitAsync(cancellationToken);
}
