using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>Ends a chain of providers because the recording has gone to one that failed, and is nowhere to be had again.</summary>
internal sealed class SentException(GatewayException failure) : Exception(failure.Message, failure)
{
    public GatewayException Failure => failure;
}
