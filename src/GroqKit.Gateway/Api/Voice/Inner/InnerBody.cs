using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.Voice.Inner;

/// <summary>The body of an inner answer. Closing it early is the caller's leaving.</summary>
internal sealed class InnerBody(InnerResponse answer, Task running, CancellationTokenRegistration leaving)
    : PassingStream
{
    private readonly Stream _body = answer.Reader.AsStream();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _body.ReadAsync(buffer, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        Leave();
        // The account of the call is settled when this returns.
        await running;
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Leave();
        base.Dispose(disposing);
    }

    private void Leave()
    {
        leaving.Dispose();
        if (!running.IsCompleted)
            answer.Abort();
        _body.Dispose();
    }
}
