using System.Net.ServerSentEvents;
using Polly;

namespace GroqKit.Http;

/// <summary>Reads the stream of an answer ahead until it holds output, and leaves it as if nothing had been read.</summary>
internal static class FirstOutput
{
    // A stream that says so much without any output is left to its reader, who has limits of his own.
    private const int MostBytes = 1024 * 1024;

    /// <returns>The call; or why its stream broke before there was output, which leaves nothing open.</returns>
    public static async ValueTask<Outcome<ApiCall>> AwaitAsync(
        ApiCall call,
        IOutputProbe probe,
        TimeProvider time,
        CancellationToken caller
    )
    {
        HttpResponseMessage response = call.Response!;
        using var idle = new IdleWatch(call.IdleTimeout, time, caller, caller);
        try
        {
            HttpContent original = response.Content;
            Stream body = await original.ReadAsStreamAsync(idle.Token).ConfigureAwait(false);
            var ahead = new ReadAheadStream(body, MostBytes);
            IAsyncEnumerator<SseItem<bool>> events = SseParser
                .Create(ahead, probe.Sees)
                .EnumerateAsync(idle.Token)
                .GetAsyncEnumerator(CancellationToken.None);
            await using (events.ConfigureAwait(false))
            {
                bool isMore;
                do
                {
                    idle.BeginWait();
                    isMore = await events.MoveNextAsync().ConfigureAwait(false);
                    idle.EndWait();
                } while (isMore && !events.Current.Data);
            }
            response.Content = new ReadAheadContent(original, body, ahead.Kept);
            return Outcome.FromResult(call);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or HttpRequestException)
        {
            var known = new ErrorDetails { IsRetryable = true, RequestId = response.Headers.First("x-request-id") };
            response.Dispose();
            Exception failure =
                caller.IsCancellationRequested ? new OperationCanceledException(error.Message, error, caller)
                : error is OperationCanceledException
                    ? new GroqTimeoutException(TimeoutPhase.FirstChunk, idle.Limit, known, error)
                : new GroqNetworkException("The connection broke before there was output.", known, error);
            return Outcome.FromException<ApiCall>(failure);
        }
    }
}
