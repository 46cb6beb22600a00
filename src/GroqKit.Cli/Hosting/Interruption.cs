using System.Runtime.InteropServices;

namespace GroqKit.Cli.Hosting;

/// <summary>
/// Ctrl-C and a request to end. The first asks the work to stop, or only the part of it that asked to be interrupted alone; the second ends the process at
/// once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _all = new();
    private readonly PosixSignalRegistration[] _registrations;
    private CancellationTokenSource? _part;

    public Interruption() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];

    /// <summary>Cancelled when all is to stop.</summary>
    public CancellationToken Token => _all.Token;

    /// <summary>Runs a part of the work that an interrupt may end while the rest goes on.</summary>
    /// <returns>False when it was interrupted.</returns>
    public async Task<bool> RunPartAsync(Func<CancellationToken, Task> part)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(_all.Token);
        Volatile.Write(ref _part, interrupted);
        try
        {
            await part(interrupted.Token);
            return true;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested && !_all.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Volatile.Write(ref _part, null);
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _all.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        CancellationTokenSource stop =
            signal.Signal is PosixSignal.SIGINT && Volatile.Read(ref _part) is { } part ? part : _all;
        if (stop.IsCancellationRequested)
            return;
        signal.Cancel = true;
        stop.Cancel();
    }
}
