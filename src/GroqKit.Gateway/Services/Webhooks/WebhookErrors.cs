using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Why a message that came in is refused.</summary>
internal static class WebhookErrors
{
    /// <summary>One who can't sign learns neither whether the source exists nor what was wrong with the signature.</summary>
    public static GatewayException Refused(SignatureVerdict verdict) =>
        verdict switch
        {
            SignatureVerdict.HeadersMissing => Refuse(
                400,
                "webhook_headers_missing",
                $"The headers {WebhookHeaders.Id}, {WebhookHeaders.Timestamp} and {WebhookHeaders.Signature} are required."
            ),
            SignatureVerdict.TooOld => Refuse(
                401,
                "webhook_too_old",
                "The message was signed more than five minutes ago."
            ),
            SignatureVerdict.FromTheFuture => Refuse(
                401,
                "webhook_from_the_future",
                "The message is signed for a time more than five minutes ahead."
            ),
            _ => Refuse(401, "webhook_signature_invalid", "The signature is not valid for this address."),
        };

    public static GatewayException Replayed(string id) =>
        Refuse(409, "webhook_replayed", $"The message '{id}' was received before; this is a copy of it.");

    private static GatewayException Refuse(int status, string code, string message) =>
        new(new GatewayError(status, ErrorTypes.InvalidRequest, code, message), Outcome.Refused);
}
