using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>The errors that only ElevenLabs knows, and the older status that stands beside a code.</summary>
internal static class ElevenLabsErrors
{
    private const string Validation = "validation_error";

    public static string Status(string? code) =>
        code switch
        {
            null => "invalid_parameters",
            "text_too_long" => "max_character_limit_exceeded",
            "subscription_required" => "output_format_not_allowed",
            "concurrent_limit_exceeded" => "too_many_concurrent_requests",
            _ => code,
        };

    public static ApiError TextTooLong(string message) =>
        new(StatusCodes.Status400BadRequest, message, Validation, "text_too_long", "text");

    public static ApiException VoiceNotFound(string id) =>
        new(
            new ApiError(
                StatusCodes.Status404NotFound,
                $"A voice with voice_id {id} was not found.",
                "not_found",
                "voice_not_found",
                "voice_id"
            )
        );

    public static ApiException ModelNotFound(string id) =>
        Invalid($"A model with model ID {id} does not exist.", "model_not_found", "model_id");

    public static ApiException WrongFormat(string format) =>
        new(
            new ApiError(
                StatusCodes.Status403Forbidden,
                $"The output format {format} is not valid here.",
                "authorization_error",
                "invalid_output_format",
                "output_format"
            )
        );

    public static ApiException Invalid(string message, string code, string param) =>
        new(new ApiError(StatusCodes.Status400BadRequest, message, Validation, code, param));
}
