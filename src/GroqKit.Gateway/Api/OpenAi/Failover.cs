using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// The one way from a call to whoever serves it, whatever is asked for: candidates are asked one after the other until one begins to answer; from
/// its first byte the caller is committed to that answer, and a break is then mended as the call knows how, or becomes one clear error. Safe for
/// all threads.
/// </summary>
internal sealed class Failover(UpstreamLanes lanes, RetryRules retries, TimeProvider time)
{
    /// <param name="exchange">The call.</param>
    /// <param name="first">Whom to ask first; whom to ask next stands in it.</param>
    /// <param name="call">What is asked.</param>
    /// <exception cref="GatewayException">Nobody serves, and nothing was sent to the caller.</exception>
    /// <exception cref="AnswerCutException">The answer broke after a part of it was sent.</exception>
    public async Task RunAsync(Exchange exchange, ModelRoute first, ForwardedCall call)
    {
        ModelRoute open = ProviderShares.Apply(first, exchange.Meter);
        if (!open.Fallback.IsEmpty && exchange.Context.Features.Get<AvoidedProviders>() is { } avoided)
            open = avoided.MoveBack(open);
        if (!ReferenceEquals(open, first))
            exchange.Choose(first = open);
        var walk = new ChainWalk(first, lanes, retries, call.Service);
        FailoverTrace? trace = first.Fallback.IsEmpty
            ? null
            : new FailoverTrace(exchange.Meter, exchange.Context.Features.Get<IFallbackWatch>());
        GatewayException? failure = null;
        GatewayException? broken = null;
        CallLifetime? renewed = null;
        try
        {
            while (true)
            {
                if (!walk.TryNext(out Candidate candidate, trace!))
                {
                    if (broken is not null)
                        break;
                    TimeSpan wait = walk.TryAgain() ?? throw failure!;
                    await PauseAsync(exchange, wait);
                    continue;
                }
                if (broken is not null)
                {
                    if (!call.TryResume(candidate.Route, broken))
                    {
                        candidate.Abandon();
                        trace!.CannotResume(candidate.Route);
                        continue;
                    }
                    exchange.Meter.AttemptBroke();
                }
                // Also without a failure: whoever has little left of its limit is asked after the others.
                if (candidate.Place != 0 || trace?.Steps is not null)
                    Choose(exchange, candidate.Route, trace);
                if (failure is not null)
                    exchange.Meter.Retried(failure.Error.Code);
                try
                {
                    await call.AskAsync(new Attempt(exchange, candidate.Route, candidate.Lane, walk.HasNext));
                    candidate.Succeed();
                    return;
                }
                catch (GatewayException failed)
                {
                    failure = failed;
                    candidate.Fail(failed);
                }
                catch
                {
                    candidate.Abandon();
                    throw;
                }
                // What nobody is to blame for: the caller left, or the gateway stops.
                if (failure.Failure is not { } kind)
                {
                    broken = exchange.Response.HasStarted ? failure : null;
                    break;
                }
                // Who should have gone on may refuse to; the break is what the caller has to know of.
                bool refusedToGoOn = broken is not null && !call.HasGoneOn;
                if (refusedToGoOn)
                    exchange.Meter.UndoBreak();
                else if (exchange.Response.HasStarted)
                    broken = failure;
                else
                    walk.Failed(in candidate, failure);
                if (!call.CanBeSentAgain || !(refusedToGoOn || FailureRules.MayTryAnother(kind)))
                    break;
                trace?.Failed(candidate.Route, failure);
                if (exchange.Lifetime.Reason is not null)
                {
                    renewed?.Dispose();
                    renewed = exchange.Lifetime.Again();
                    exchange = exchange with { Lifetime = renewed };
                }
            }
            if (broken is null || broken.Outcome == Outcome.ClientGone)
                throw failure!;
            await call.BreakOffAsync(exchange, broken);
        }
        finally
        {
            renewed?.Dispose();
        }
    }

    private static void Choose(Exchange exchange, ModelRoute route, FailoverTrace? trace)
    {
        exchange.Choose(route);
        if (trace?.Steps is { } steps && !exchange.Response.HasStarted)
            exchange.Response.Headers[GatewayHeaders.Fallback] = steps;
    }

    private async Task PauseAsync(Exchange exchange, TimeSpan wait)
    {
        exchange.Meter.BeginWait();
        try
        {
            await Task.Delay(wait, time, exchange.Lifetime.Token);
        }
        finally
        {
            exchange.Meter.EndWait();
        }
    }
}
