using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class ErrorEvent(int after, int status) : IFaultEffect
{
    private static readonly FaultParameter Status = new("status", "the status_code in the event", 500, 400, 599);

    public static FaultDefinition Definition { get; } =
        new(
            "error-event",
            "breaks a stream off with an `event: error` frame and no [DONE]; without streaming it answers with that status",
            [FaultParameter.After, Status],
            arguments => new ErrorEvent(arguments[FaultParameter.After.Name], arguments[Status.Name])
        );

    private ApiError Error =>
        status < StatusCodes.Status500InternalServerError
            ? ApiErrors.GenerationFailed(
                "Failed to call a function. The model's output could not be parsed.",
                "tool_use_failed",
                "{\"name\": \"simulated\", \"arguments\": {"
            ) with
            {
                Status = status,
            }
            : new ApiError(status, "The stream was broken off by the simulator.", ApiErrors.ServerError);

    public ValueTask<bool> BeforeFrameAsync(StreamMoment moment)
    {
        if (!moment.IsDue(after))
            return ValueTask.FromResult(false);
        moment.Exchange.Outcome = RequestOutcome.Faulted;
        moment.Stream.WriteEvent(
            (Error: moment.Exchange.Wire.Translate(Error), moment.Exchange.Wire),
            static (json, state) => state.Wire.WriteError(json, state.Error, inStream: true),
            moment.Exchange.Wire.ErrorEvent
        );
        return ValueTask.FromResult(true);
    }

    public async ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        exchange.Outcome = RequestOutcome.Faulted;
        if (exchange.Http.Response.HasStarted)
        {
            // The status is gone; what is left is to break off.
            exchange.Drop();
            return true;
        }

        byte[] error = JsonBuffer
            .Write(json => exchange.Wire.WriteError(json, exchange.Wire.Translate(Error), inStream: false))
            .ToArray();
        exchange.Http.Response.StatusCode = status;
        exchange.Record?.SetStatus(status);
        exchange.Http.Response.ContentLength = error.Length;
        await exchange.Http.Response.BodyWriter.WriteAsync(error, exchange.Gone);
        await exchange.Http.Response.CompleteAsync();
        return true;
    }
}
