using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>What is checked and read of a call that makes speech.</summary>
internal static class SpeakingRequest
{
    // More than any provider takes.
    private const int MaxCharacters = 100_000;

    private static readonly string[] StreamForms = ["audio", "sse"];

    public static IReadOnlyList<FieldRule> Fields { get; } =
    [
        JsonRoute.Model,
        FieldRule.Text("input", required: true) with
        {
            MaxLength = MaxCharacters,
        },
        new("voice", "a string, or an object with an id", JsonTokenType.String, JsonTokenType.StartObject),
        FieldRule.Text("response_format"),
        FieldRule.Number("speed", 0.25, 5),
        FieldRule.Text("stream_format"),
        FieldRule.Text("instructions"),
        FieldRule.Text("user"),
    ];

    /// <summary>Characters as people and providers count them.</summary>
    public static long CharactersOf(string text) => text.EnumerateRunes().Count();

    /// <summary>Whether events are wanted instead of bare sound.</summary>
    /// <exception cref="GatewayException">Something else is.</exception>
    public static bool WantsEvents(JsonRequest request) =>
        request.Text("stream_format") is not { } form ? false
        : StreamForms.Contains(form) ? form == "sse"
        : throw RequestErrors.WrongValue("stream_format", "must be audio or sse");

    /// <summary>The voice by its name or id; null where there is none.</summary>
    /// <exception cref="GatewayException">It is an object without an id.</exception>
    public static string? VoiceOf(JsonRequest request)
    {
        if (request.Find("voice") is not { } voice)
            return null;
        if (voice.Value.Span[0] == '"')
            return request.Text("voice");
        return JsonRequest.Read(voice.Value).Text("id") ?? throw RequestErrors.Missing("voice.id");
    }
}
