namespace GroqKit.Voice.Realtime;

/// <summary>The end of a session that is to begin nothing new: it comes once what was begun before is done. Used under the session's turn, but for the wait.</summary>
internal sealed class RealtimeFinish : IDisposable
{
    private readonly CancellationTokenSource _done = new();
    private bool _isAsked;
    private bool _owesAnswer;
    private TaskCompletionSource _happened = NotYet();

    /// <summary>Cancelled when the session has nothing left to do.</summary>
    public CancellationToken Done => _done.Token;

    /// <summary>Whether an answer may begin: always, until the session is to end; then to what was being said at that moment, once.</summary>
    public bool PermitsAnswer => !_isAsked || _owesAnswer;

    /// <param name="owesAnswer">Whether something was being said, or heard, that has no answer yet.</param>
    public void Ask(bool owesAnswer)
    {
        _isAsked = true;
        _owesAnswer = owesAnswer;
    }

    /// <summary>An answer has begun, or what was being said was taken back.</summary>
    public void Settle() => _owesAnswer = false;

    /// <summary>An event was handled, so that it is worth looking again.</summary>
    public void Happened()
    {
        if (!_isAsked)
            return;
        _happened.TrySetResult();
        _happened = NotYet();
    }

    /// <summary>Whether something is to be waited for.</summary>
    /// <param name="made">What is made: answers, and words of recordings.</param>
    /// <param name="going">Completes when it is worth looking again.</param>
    public bool IsBusy(Task made, out Task going)
    {
        bool isMaking = !made.IsCompleted;
        going = isMaking ? made : _happened.Task;
        return isMaking || _owesAnswer;
    }

    /// <summary>There is nothing left to do.</summary>
    public Task EndAsync() => _done.CancelAsync();

    public void Dispose() => _done.Dispose();

    private static TaskCompletionSource NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
