using System.Globalization;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Voice;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>Why a turn is not begun, joined or gone on with.</summary>
internal static class VoiceRefusals
{
    private const string Resume = "resume";
    private const string Turn = "turn";

    /// <summary>One key has all that it may have.</summary>
    public static GatewayException TooManyKept(int limit, TimeSpan wait) =>
        Refuse(
            429,
            ErrorTypes.InvalidRequest,
            "too_many_kept_turns",
            $"This key has {limit} turns that are kept, the most that a key may have. Without 'resume' the turn can be had at once.",
            Resume,
            wait
        );

    /// <summary>All keys together have what the node may hold.</summary>
    public static GatewayException NoRoomForKept(TimeSpan wait) =>
        Refuse(
            503,
            ErrorTypes.Server,
            "no_room_for_turns",
            "The gateway can't keep more turns now. Without 'resume' the turn can be had at once.",
            Resume,
            wait
        );

    /// <summary>The turn of that name is still being sent.</summary>
    public static GatewayException StillComing(string turn) =>
        Refuse(
            409,
            ErrorTypes.InvalidRequest,
            "turn_in_use",
            $"What the turn '{turn}' begins with is still coming by another connection; ask again in a moment.",
            Turn,
            TimeSpan.FromSeconds(1)
        );

    /// <summary>The name stands for something else.</summary>
    public static GatewayException OtherContent(string turn) =>
        Refuse(
            422,
            ErrorTypes.InvalidRequest,
            "turn_reused",
            $"The turn '{turn}' began with something else. A name stands for one turn; use a new one.",
            Turn
        );

    /// <summary>The gateway stops before the turn could end.</summary>
    public static VoiceException Stopping()
    {
        GatewayException stopping = UpstreamErrors.Stopping();
        return new VoiceException(
            stopping.Error.Code,
            VoiceStage.Delivery,
            stopping.Error.Message,
            isRetryable: true,
            stopping
        );
    }

    private static GatewayException Refuse(
        int status,
        string type,
        string code,
        string message,
        string param,
        TimeSpan? wait = null
    ) =>
        new(new GatewayError(status, type, code, message, param), Outcome.Refused)
        {
            RetryAfter = wait is { } time
                ? Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture)
                : null,
        };
}
