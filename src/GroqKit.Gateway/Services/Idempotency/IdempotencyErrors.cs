using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Idempotency;

/// <summary>What is told about an <c>Idempotency-Key</c>.</summary>
internal static class IdempotencyErrors
{
    private const string Param = "idempotency-key";

    public static GatewayException Running() =>
        new(
            new GatewayError(
                409,
                ErrorTypes.InvalidRequest,
                "idempotency_key_in_use",
                "A request with this Idempotency-Key is being answered; ask again in a moment.",
                Param
            ),
            Outcome.Refused
        )
        {
            RetryAfter = "1",
        };

    public static GatewayException OtherRequest() =>
        Refuse(
            422,
            "idempotency_key_reused",
            "This Idempotency-Key came before with another body. A key stands for one request; use a new one."
        );

    public static GatewayException TooLong() =>
        Refuse(
            409,
            "idempotent_answer_not_kept",
            "This request was answered, and the answer is too long to be given again. A new Idempotency-Key runs it again."
        );

    public static GatewayException Unavailable(Exception? cause) =>
        new(
            new GatewayError(
                503,
                ErrorTypes.Server,
                "idempotency_unavailable",
                cause is null
                    ? "Answers can't be kept without GROQKIT_MASTER_KEY; nothing was run."
                    : "Nobody can tell now whether this request was run before; nothing was run.",
                Param
            ),
            Outcome.Refused,
            cause
        );

    private static GatewayException Refuse(int status, string code, string message) =>
        new(new GatewayError(status, ErrorTypes.InvalidRequest, code, message, Param), Outcome.Refused);
}
