using System.Text.Json.Nodes;
using GroqKit.Audio;

namespace GroqKit.Voice.Realtime;

/// <summary>The forms of sound that the protocol has.</summary>
internal static class RealtimeSound
{
    /// <exception cref="RealtimeException">There is no such form.</exception>
    public static WavFormat ReadInput(JsonNode? format, string param) =>
        TypeOf(format, param) switch
        {
            "audio/pcm" => WavFormat.Pcm16(RateOf(format, param)),
            "audio/pcmu" => new WavFormat(WavEncoding.MuLaw, 8_000, 1, 8),
            "audio/pcma" => new WavFormat(WavEncoding.ALaw, 8_000, 1, 8),
            var other => throw RealtimeException.Wrong(
                param + ".type",
                $"'{other}' is none of audio/pcm, audio/pcmu, audio/pcma."
            ),
        };

    /// <exception cref="RealtimeException">There is no such form.</exception>
    public static SoundFormat ReadOutput(JsonNode? format, string param) =>
        TypeOf(format, param) switch
        {
            "audio/pcm" => new SoundFormat(SoundCoding.Pcm16, RateOf(format, param)),
            "audio/pcmu" => new SoundFormat(SoundCoding.MuLaw, 8_000),
            var other => throw RealtimeException.Wrong(param + ".type", $"'{other}' is none of audio/pcm, audio/pcmu."),
        };

    private static string TypeOf(JsonNode? format, string param) =>
        Members.Text(Members.Object(format, param)?["type"], param + ".type") ?? "audio/pcm";

    private static int RateOf(JsonNode? format, string param)
    {
        double rate = Members.Number(format?["rate"], param + ".rate") ?? 24_000;
        return rate is 8_000 or 16_000 or 24_000 or 48_000
            ? (int)rate
            : throw RealtimeException.Wrong(param + ".rate", "must be 8000, 16000, 24000 or 48000.");
    }
}
