using System.Text;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Translation.Audio;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>Speech of providers that speak OpenAI's dialect.</summary>
internal static class OpenAiSpeech
{
    private const int PcmRate = 24_000;

    // For callers that leave the voice to whoever speaks.
    private const string GroqVoice = "autumn";
    private const string OpenAiVoice = "alloy";

    public static SpeechPlan Plan(JsonCall call, ModelRoute route, ChainVoice voice, JsonEdits edits)
    {
        string? format = call.Request.Text("response_format");
        bool isGroq = route.Provider.Kind == ProviderKind.Groq;
        // Bare samples are what is left of a WAV file without its header, and Groq makes nothing but WAV.
        bool strip = isGroq && format == "pcm";
        if (voice.Json is null)
            edits.Set(AgentDefaults.VoiceName, Encoding.UTF8.GetBytes($"\"{UsualVoice(route)}\""));
        else if (voice.IsOther || call.Request.Find(AgentDefaults.VoiceName) is null)
            edits.Set(AgentDefaults.VoiceName, Encoding.UTF8.GetBytes(voice.Json));
        // The gateway makes the events itself.
        if (isGroq)
            edits.Remove("stream_format");
        if (strip)
            edits.Set("response_format", "\"wav\""u8);
        return new SpeechPlan(route.Provider.AddressOf("audio/speech"), TypeOf(format ?? (isGroq ? "wav" : "mp3")))
        {
            Rate = format == "pcm" && !strip ? SoundRate.Samples(PcmRate) : null,
            StripHeader = strip,
            IsOurForm = strip,
        };
    }

    // Each of Groq's models has voices of its own; all of OpenAI's have this one.
    private static string UsualVoice(ModelRoute route) =>
        route.Provider.Kind == ProviderKind.Groq
            ? KnownVoices.Usual(ProviderKind.Groq, route.Model) ?? GroqVoice
            : OpenAiVoice;

    public static string TypeOf(string format) =>
        format switch
        {
            "mp3" => "audio/mpeg",
            "ogg" => "audio/ogg",
            "mulaw" => "audio/basic",
            "wav" or "flac" or "opus" or "aac" or "pcm" => "audio/" + format,
            _ => "application/octet-stream",
        };
}
