using System.Runtime.ExceptionServices;
using GroqKit.Http;
using Polly;

namespace GroqKit.Resilience;

/// <summary>A call in the hands of an <see cref="IGroqResilience"/>. For one user at a time.</summary>
public sealed class ResilientCall
{
    private readonly ApiCall _call;
    private readonly GuardedAttempt _attempt;
    private readonly TimeProvider _time;
    private Exception? _failure;
    private int _isRunning;

    internal ResilientCall(ApiCall call, GuardedAttempt attempt, TimeProvider time)
    {
        _call = call;
        _attempt = attempt;
        _time = time;
    }

    /// <summary>The model that is called; null when none is.</summary>
    public string? Model => _call.Subject.Model;

    /// <summary>The method.</summary>
    public HttpMethod Method => _call.Method;

    /// <summary>The path, for example <c>/openai/v1/chat/completions</c>.</summary>
    public string Path => _call.Uri.AbsolutePath;

    /// <summary>How many retries the options of the client or of the call allow, 0 to 10.</summary>
    public int MaxRetries => _call.MaxRetries;

    /// <summary>Attempts so far.</summary>
    public int Attempts => _call.Attempts;

    /// <summary>How much time the call has left; negative when its deadline has passed.</summary>
    public TimeSpan Remaining => _call.Remaining(_time);

    /// <summary>Whether the whole body can be sent: false after an upload was read that can't go back.</summary>
    public bool CanAttempt => _call.Form?.CanSend ?? true;

    /// <summary>Makes one attempt. Of several that work the last one counts.</summary>
    /// <param name="cancellationToken">Ends this attempt.</param>
    /// <exception cref="GroqException">The attempt failed; or the one before it did, and there can't be another.</exception>
    /// <exception cref="InvalidOperationException">The attempt before it has not ended.</exception>
    public async ValueTask AttemptAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
            throw new InvalidOperationException("The attempts at a call go one after the other.");
        try
        {
            if (_failure is not null && !CanAttempt)
                ExceptionDispatchInfo.Throw(_failure);
            _call.Discard();
            Outcome<ApiCall> outcome = await _attempt.RunAsync(_call, cancellationToken).ConfigureAwait(false);
            _failure = outcome.Exception;
            if (_failure is GroqException error)
                error.Attempts = _call.Attempts;
            outcome.ThrowIfException();
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }
}
