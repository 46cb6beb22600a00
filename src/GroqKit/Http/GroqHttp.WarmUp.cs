using Polly;

namespace GroqKit.Http;

/// <content>Connections before they are needed.</content>
internal sealed partial class GroqHttp
{
    private readonly HttpAttempt _keyless;

    /// <summary>Opens connections that stay in the pool.</summary>
    public async Task WarmUpAsync(int connections, CancellationToken cancellationToken)
    {
        // All at once, or the second would find the first one's connection free again.
        var attempts = new Task<Outcome<ApiCall>>[connections];
        for (int i = 0; i < connections; i++)
        {
            ApiCall call = Prepare(HttpMethod.Head, Root, null, null, AnswerKind.Any, options: null);
            attempts[i] = _keyless.RunAsync(call, cancellationToken).AsTask();
        }
        Exception? failure = null;
        foreach (Outcome<ApiCall> outcome in await Task.WhenAll(attempts).ConfigureAwait(false))
        {
            outcome.Result?.Discard();
            // Whoever answers, be it with an error, is connected.
            if (outcome.Exception is not (null or GroqException { Status: not null }))
                failure ??= outcome.Exception;
        }
        if (failure is not null)
            throw failure;
    }
}
