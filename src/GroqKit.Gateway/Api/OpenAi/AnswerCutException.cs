using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Leaves a begun answer without its end. Thrown through to the server, which then sends what was written, omits the closing chunk
/// and closes the connection, so that no client can take the answer for whole. Aborting instead would lose what is still on its way.
/// </summary>
internal sealed class AnswerCutException(GatewayException cause) : Exception("The answer was left unfinished.", cause)
{
    public GatewayException Cause => cause;
}
