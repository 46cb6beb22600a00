namespace GroqKit.Gateway.Services.Translation.Audio;

/// <summary>The forms of a transcript that callers may ask for.</summary>
internal static class TranscriptFormats
{
    public const string Json = "json";
    public const string Text = "text";
    public const string VerboseJson = "verbose_json";
    public const string Srt = "srt";
    public const string Vtt = "vtt";
    public const string Diarized = "diarized_json";

    public static IReadOnlyList<string> All { get; } = [Json, Text, VerboseJson, Srt, Vtt, Diarized];
}
