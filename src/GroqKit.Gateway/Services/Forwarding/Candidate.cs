using System.Runtime.InteropServices;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Providers.Health;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Whom a call asks next, with leave to do so; it comes back by one of the reports.</summary>
/// <param name="Route">Who.</param>
/// <param name="Place">Its place in the chain, from 0.</param>
/// <param name="Lane">Its health; null where nobody else could be asked anyway.</param>
/// <param name="Entry">The leave.</param>
/// <param name="Paid">What a retry took from the provider's budget.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Candidate(ModelRoute Route, int Place, UpstreamLane? Lane, LaneEntry Entry, int Paid)
{
    public void Succeed()
    {
        Route.Provider.RetryBudget.Succeeded(Paid);
        if (Lane is null)
            return;
        Lane.Succeed(Entry, firstOutput: null);
        // Asked although it was closed, because all were: it works again.
        if (!Lane.IsOpen)
            Lane.Recover();
    }

    public void Fail(GatewayException failure)
    {
        // A request larger than a limit says nothing of the requests that are smaller.
        if (failure.Failure is not { } kind || failure.Error.Status == 413)
            Abandon();
        else
            Lane?.Fail(Entry, new LaneError(kind, failure.Error.Message, failure.Wait));
    }

    /// <summary>The call says nothing of the provider.</summary>
    public void Abandon() => Lane?.Abandon(Entry);
}
