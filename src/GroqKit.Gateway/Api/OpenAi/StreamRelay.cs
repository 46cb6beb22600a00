using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Relays an event stream as it comes: every event goes out the moment it is whole. Nothing is promised before the first event, so
/// until then a failure is a plain error answer; afterwards it is one error event, and the answer is left visibly unfinished.
/// </summary>
internal sealed class StreamRelay(UpstreamClient upstream, Deadlines deadlines, TimeProvider time)
{
    /// <param name="attempt">Who is asked, for which call.</param>
    /// <param name="answer">The provider's answer.</param>
    /// <param name="patience">
    /// How long the first words may take, because somebody else is left to ask; until they come nothing is passed on. Null when nobody is.
    /// </param>
    /// <param name="call">Told when the answer begins to leave, and may edit it.</param>
    /// <exception cref="GatewayException">The answer broke, before or after words were passed on.</exception>
    public async Task RunAsync(Attempt attempt, HttpResponseMessage answer, TimeSpan? patience, ChatCall call)
    {
        await using var stream = new RelayedStream(attempt, patience, call, upstream, deadlines, time);
        await stream.RunAsync(answer);
    }
}
