using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>How failures of a spoken turn read while there is still a status to give.</summary>
internal static class VoiceErrors
{
    public static GatewayException Of(VoiceException failure)
    {
        // What the body's reading was refused with.
        if (failure.InnerException is GatewayException refusal)
            return refusal;
        // A recording that stopped, though its caller is still there.
        if (failure.InnerException is BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } late)
            return RequestErrors.Unreadable(late)!;
        bool isInput = failure.Stage == VoiceStage.Input || failure.Code == VoiceErrorCodes.NoSpeech;
        // What a stage's own call was refused with is what the turn is refused with.
        int status =
            failure.InnerException is ProviderException { Status: { } inner } ? (int)inner
            : isInput ? OfInput(failure.Code)
            : failure.Code == VoiceErrorCodes.TurnTimeout ? 504
            : 502;
        bool refused = status < 500;
        return new GatewayException(
            new GatewayError(
                status,
                refused ? ErrorTypes.InvalidRequest : ErrorTypes.Server,
                failure.Code,
                MessageOf(failure),
                isInput ? "audio" : null
            ),
            refused ? Outcome.Refused : Outcome.UpstreamFailed,
            failure
        )
        {
            RetryAfter = (failure.InnerException as ProviderException)?.RetryAfter is { } wait
                ? Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)
                : null,
        };
    }

    /// <summary>What happened, without the name that the stages' way back into the gateway has.</summary>
    public static string MessageOf(VoiceException failure) =>
        failure.InnerException is ProviderException { Provider: { } way }
        && failure.Message.StartsWith(way + ": ", StringComparison.Ordinal)
            ? failure.Message[(way.Length + 2)..]
            : failure.Message;

    private static int OfInput(string code) =>
        code switch
        {
            VoiceErrorCodes.AudioTooLarge => 413,
            VoiceErrorCodes.UnsupportedAudio => 415,
            VoiceErrorCodes.NoSpeech => 422,
            _ => 400,
        };
}
