using GroqKit.Providers;

namespace GroqKit.Voice;

/// <summary>Makes of what a client raised the one failure of a turn.</summary>
internal static class StageFailure
{
    public static VoiceException Of(ProviderException failure, VoiceStage stage) =>
        new(
            failure.Code is { Length: > 0 } code ? code : VoiceErrorCodes.ProviderFailed,
            stage,
            failure.Message,
            failure.IsRetryable,
            failure
        );

    /// <summary>A recording that can't be read any further. Streams raise what they like: one that was closed, or one over a line that gave up.</summary>
    public static VoiceException OfSound(Exception broken) =>
        new(
            VoiceErrorCodes.TruncatedAudio,
            VoiceStage.Input,
            broken is IOException
                ? "audio: the sound broke off before its end."
                : $"audio: the sound can't be read to its end: {broken.Message}",
            isRetryable: true,
            broken
        );

    /// <summary>Whether the turn ends, and the failure says no more than that. Clients with a time-out of their own raise the same otherwise.</summary>
    public static bool IsEnding(Exception failure, CancellationToken ending) =>
        failure is OperationCanceledException && ending.IsCancellationRequested;

    // Clients of other makers raise what they like; the turn ends in one clear event all the same.
    public static VoiceException Of(Exception failure, VoiceStage stage) =>
        failure switch
        {
            VoiceException known => known,
            ProviderException provider => Of(provider, stage),
            OperationCanceledException or TimeoutException => new VoiceException(
                VoiceErrorCodes.ProviderFailed,
                stage,
                $"The client gave up by itself: {failure.Message}",
                isRetryable: true,
                failure
            ),
            _ => new VoiceException(VoiceErrorCodes.ProviderFailed, stage, failure.Message, innerException: failure),
        };
}
