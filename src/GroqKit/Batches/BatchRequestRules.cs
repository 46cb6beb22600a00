using System.Globalization;
using GroqKit.Errors;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <summary>What Groq would refuse anyway, found before anything is sent.</summary>
internal static class BatchRequestRules
{
    private const int MinHours = 24;
    private const int MaxHours = 7 * 24;

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(BatchRequest request)
    {
        Rules.CheckId("input_file_id", request.InputFileId);
        Rules.CheckText("endpoint", request.Endpoint.Value);
        CheckWindow(request.CompletionWindow);
        Rules.CheckExtraBody(request.ExtraBody, GroqJson.Context.BatchRequest);
    }

    public static void CheckWindow(string? window)
    {
        int hours = window switch
        {
            [.. var number, 'h'] => Parse(number),
            [.. var number, 'd'] => Parse(number) * 24,
            _ => 0,
        };
        if (hours is < MinHours or > MaxHours)
            throw Rules.Invalid("completion_window", "must be hours or days from 24h to 7d.");
    }

    private static int Parse(string number) =>
        number.Length <= 3 && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : 0;
}
