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

    // Clients of other makers raise what they like; the turn ends in one clear event all the same.
    public static VoiceException Of(Exception failure, VoiceStage stage) =>
        failure switch
        {
            VoiceException known => known,
            ProviderException provider => Of(provider, stage),
            _ => new VoiceException(VoiceErrorCodes.ProviderFailed, stage, failure.Message, innerException: failure),
        };
}
