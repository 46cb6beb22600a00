using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults;

/// <summary>
/// What a fault does to one answer. Each method is a moment at which it may interfere; the result says whether the fault has taken
/// over, after which nothing else is sent.
/// </summary>
internal interface IFaultEffect
{
    /// <summary>While the request's body comes in, after each piece of it and once at its end.</summary>
    ValueTask<bool> AfterPieceAsync(Exchange exchange, UploadMoment moment) => ValueTask.FromResult(false);

    /// <summary>Before anything was sent.</summary>
    ValueTask<bool> BeforeAnswerAsync(Exchange exchange) => ValueTask.FromResult(false);

    /// <summary>Before one frame of a stream.</summary>
    ValueTask<bool> BeforeFrameAsync(StreamMoment moment) => ValueTask.FromResult(false);

    /// <summary>Before a body that is sent in one piece; status and headers are set but not sent.</summary>
    ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body) => ValueTask.FromResult(false);
}
