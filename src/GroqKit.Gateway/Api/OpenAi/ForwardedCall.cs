using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// What a caller asks of whichever provider serves it: a chat, a transcription, a voice. One for each call; <see cref="Failover"/> finds who
/// serves.
/// </summary>
internal abstract class ForwardedCall
{
    /// <summary>What it is asked for; health is kept for each.</summary>
    public abstract ServiceKind Service { get; }

    /// <summary>
    /// Whether the request can be sent once more. False once an upload that passes through without being kept has begun to leave.
    /// </summary>
    public virtual bool CanBeSentAgain => true;

    /// <summary>Asks a provider, and relays its answer to the end.</summary>
    /// <exception cref="GatewayException">It failed, before or after the answer began.</exception>
    public abstract Task AskAsync(Attempt attempt);

    /// <summary>Prepares to go on with an answer of which a part has left.</summary>
    /// <param name="next">Who would go on.</param>
    /// <param name="broken">Why the one before does not.</param>
    /// <returns>False when that provider can't, or the caller doesn't want it.</returns>
    public virtual bool TryResume(ModelRoute next, GatewayException broken) => false;

    /// <summary>Whether anything was sent to the caller since the last <see cref="TryResume"/>.</summary>
    public virtual bool HasGoneOn => false;

    /// <summary>
    /// Ends an answer that nobody goes on with. The default leaves it visibly unfinished, which is all that can be said in the middle of a sound
    /// or a file; a stream of events says why first.
    /// </summary>
    /// <exception cref="AnswerCutException">Always: whoever reads must not take it for whole.</exception>
    public virtual Task BreakOffAsync(Exchange exchange, GatewayException failure)
    {
        exchange.Meter.Settle(failure.Outcome, exchange.Response.StatusCode, failure.Error.Code);
        throw new AnswerCutException(failure);
    }
}
