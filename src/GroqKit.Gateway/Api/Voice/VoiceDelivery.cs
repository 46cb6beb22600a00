using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Gives turns to their callers: events as they happen, or sound alone.</summary>
internal sealed class VoiceDelivery(StopSignal stop, TimeProvider time)
{
    // A caller who takes nothing doesn't keep the gateway from stopping.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Gives the events of a turn to the caller and settles the call's account.</summary>
    /// <param name="exchange">The call.</param>
    /// <param name="output">What is given.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="happening">Its events, until the caller leaves.</param>
    /// <exception cref="GatewayException">It failed before anything was given.</exception>
    public async Task GiveAsync(
        Exchange exchange,
        VoiceOutput output,
        TurnRecord turn,
        Func<CancellationToken, IAsyncEnumerable<VoiceEvent>> happening
    )
    {
        using var tooLate = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            exchange.Context.RequestAborted,
            tooLate.Token
        );
        await using CancellationTokenRegistration stopping = stop.GraceOver.UnsafeRegister(
            static late => ((CancellationTokenSource)late!).CancelAfter(LastWords),
            tooLate
        );
        // The whole turn is a wait for its stages, whose own calls have their accounts.
        VoiceException? failure;
        exchange.Meter.BeginWait();
        try
        {
            failure = await WriteAsync(exchange, output, turn, happening(ending.Token), ending.Token);
        }
        finally
        {
            exchange.Meter.EndWait();
        }
        Settle(exchange, output, failure);
    }

    private async Task<VoiceException?> WriteAsync(
        Exchange exchange,
        VoiceOutput output,
        TurnRecord turn,
        IAsyncEnumerable<VoiceEvent> happening,
        CancellationToken ending
    )
    {
        HttpResponse response = exchange.Response;
        response.Headers[GatewayHeaders.Turn] = turn.Name.Id;
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        response.ContentType = output.MediaType;
        var held = new List<VoiceEvent>();
        VoiceException? failure = null;
        await using var giver = new VoiceGiver(exchange, output.Form, turn.Account, time, ending);
        await foreach (VoiceEvent happened in happening)
        {
            failure = (happened as TurnFailed)?.Error ?? failure;
            if (happened is AudioDelta)
                exchange.Meter.OutputBegan();
            // Nothing is said before it is known whether there is something to say: an early failure keeps its status.
            if (!response.HasStarted)
            {
                if (failure is not null)
                    throw VoiceErrors.Of(failure);
                held.Add(happened);
                if (output.SoundOnly ? happened is not AudioDelta : happened is TurnStarted)
                    continue;
                foreach (VoiceEvent earlier in held)
                    await giver.GiveAsync(earlier);
                held.Clear();
                continue;
            }
            await giver.GiveAsync(happened);
        }
        // Emoji alone, for example: a file without sound is none.
        if (output.SoundOnly && held is [.., TurnDone { Outcome: VoiceOutcome.Completed }])
            throw VoiceErrors.Of(
                new VoiceException(
                    VoiceErrorCodes.EmptyAnswer,
                    VoiceStage.Answering,
                    "The answer holds nothing that can be spoken."
                )
            );
        // Another reader has taken over, who begins behind these.
        foreach (VoiceEvent earlier in held)
            await giver.GiveAsync(earlier);
        if (failure is null)
            await giver.EndAsync(turn);
        return failure;
    }

    private static void Settle(Exchange exchange, VoiceOutput output, VoiceException? failure)
    {
        int status = exchange.Response.StatusCode;
        if (exchange.Lifetime.Reason is { } reason)
            exchange.Meter.Settle(reason, status);
        else if (failure is null)
            exchange.Meter.Settle(Outcome.Completed, status);
        else
            exchange.Meter.Settle(VoiceErrors.Of(failure).Outcome, status, failure.Code);
        // Sound has no place for an error; that it is cut off is the error.
        if (failure is not null && output.SoundOnly)
            exchange.Context.Abort();
    }
}
