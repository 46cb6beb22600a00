using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What callers are told when their words may not leave.</summary>
internal static class GuardErrors
{
    public static GatewayException PersonalData(string member, IEnumerable<string> kinds) =>
        Refuse(
            400,
            "personal_data",
            $"'{member}' holds personal data ({string.Join(", ", kinds)}), which may not be sent here.",
            member
        );

    public static GatewayException PersonalDataInLine(long line, string member, IEnumerable<string> kinds) =>
        Refuse(
            400,
            "personal_data",
            $"'file' holds personal data ({string.Join(", ", kinds)}) in '{member}' of line {line}, which may not be sent here.",
            "file"
        );

    public static GatewayException UnreadableLine(long line, string reason) =>
        Refuse(
            400,
            "personal_data_unknown",
            $"'file' can't be looked through for personal data: line {line} {reason}. "
                + "The file of an agent whose owner has consented, named by x-groqkit-agent, goes as it is.",
            "file"
        );

    public static GatewayException Screened(string member, string verdict) =>
        Refuse(400, "input_refused", $"'{member}' was refused by the screening of this agent: {verdict}.", member);

    public static GatewayException ScreeningUnavailable(Exception cause) =>
        new(
            new GatewayError(
                503,
                ErrorTypes.Server,
                "screening_unavailable",
                "The model that screens this agent's input can't be asked now, and nothing goes unscreened."
            ),
            Outcome.Refused,
            cause
        );

    private static GatewayException Refuse(int status, string code, string message, string param) =>
        new(new GatewayError(status, ErrorTypes.InvalidRequest, code, message, param), Outcome.Refused);
}
