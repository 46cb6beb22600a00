using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Api.OpenAi.Uploads;

/// <summary>What is wrong with a form that can't be read on, and where in it.</summary>
internal static class FormErrors
{
    /// <summary>The most lines of a part's headers.</summary>
    public const int MaxHeaders = 16;

    /// <summary>The most bytes of a part's headers.</summary>
    public const int MaxHeaderBytes = 16 * 1024;

    private const int MaxName = 128;

    /// <summary>The headers of a part are none, or too many.</summary>
    /// <param name="behind">The field before it; null where it is the first.</param>
    public static GatewayException Headers(string? behind) =>
        RequestErrors.InvalidForm(
            Part(behind)
                + $" has headers that can't be read: they are lines of NAME: VALUE, at most {MaxHeaders} of them and {MaxHeaderBytes} bytes.",
            behind
        );

    /// <summary>A part has no name, or far too long a one.</summary>
    /// <param name="behind">The field before it; null where it is the first.</param>
    public static GatewayException Nameless(string? behind) =>
        RequestErrors.InvalidForm(Part(behind) + " has no name.", behind);

    /// <summary>The form ends between its parts.</summary>
    /// <param name="behind">The last field that was whole; null where there is none.</param>
    public static GatewayException NoEnd(string? behind) =>
        RequestErrors.InvalidForm(
            behind is null
                ? "The form ends before its closing boundary."
                : $"The form ends behind '{Name(behind)}', before its closing boundary.",
            behind
        );

    /// <summary>The form ends within a field.</summary>
    public static GatewayException Cut(string field) =>
        RequestErrors.InvalidForm($"The form ends within '{Name(field)}', before its closing boundary.", field);

    private static string Part(string? behind) =>
        behind is null ? "The first part of the form" : $"The part of the form behind '{Name(behind)}'";

    private static string Name(string field) => field.Length > MaxName ? field[..MaxName] : field;
}
