using System.Collections.Concurrent;

namespace GroqKit.Voice.Answering;

/// <summary>Results of tools that the caller runs, while the turn waits for them. Thread-safe.</summary>
internal sealed class AwaitedResults(TimeSpan patience, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _calls = new(StringComparer.Ordinal);

    /// <summary>From now on a result is taken; a caller who is told of the call later can't be too early.</summary>
    /// <returns>False when a call of that name waits already.</returns>
    public bool TryExpect(string callId) =>
        _calls.TryAdd(callId, new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));

    public bool Give(string callId, string result) =>
        _calls.TryGetValue(callId, out TaskCompletionSource<string>? call) && call.TrySetResult(result);

    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<string> WaitAsync(string callId, CancellationToken cancellationToken)
    {
        try
        {
            return await _calls[callId].Task.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"No result came within {patience.TotalSeconds:0.#} s.", late);
        }
        finally
        {
            _calls.TryRemove(callId, out _);
        }
    }
}
