using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Audio.Formats;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>A format as the query names it: codec, rate, and for some a bit rate.</summary>
internal sealed record OutputFormat(string Codec, int Rate)
{
    public const string Usual = "mp3_44100_128";

    private static readonly int[] SampleRates = [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

    private static readonly string[] Known =
    [
        "mp3_22050_32",
        "mp3_24000_48",
        "mp3_44100_32",
        "mp3_44100_64",
        "mp3_44100_96",
        Usual,
        "mp3_44100_192",
        .. Rates("pcm"),
        .. Rates("wav"),
        "opus_48000_32",
        "opus_48000_64",
        "opus_48000_96",
        "opus_48000_128",
        "opus_48000_192",
        "ulaw_8000",
        "alaw_8000",
    ];

    public string ContentType =>
        Codec switch
        {
            "mp3" => "audio/mpeg",
            "wav" => "audio/wav",
            "opus" => "audio/opus",
            "pcm" => "audio/pcm",
            _ => "audio/basic",
        };

    /// <exception cref="ApiException">There is no such format, or not where it streams.</exception>
    public static OutputFormat Read(string? text, bool streams)
    {
        string name = string.IsNullOrEmpty(text) ? Usual : text;
        string[] parts = name.Split('_');
        return Known.Contains(name) && !(streams && parts[0] is "wav")
            ? new OutputFormat(parts[0], int.Parse(parts[1]))
            : throw ElevenLabsErrors.WrongFormat(name);
    }

    public WavFile Say(string text, string voice, double speed) => new(Rate, Voice.Say(text, voice, Rate, speed));

    public byte[] Encode(WavFile wav) =>
        Codec switch
        {
            "mp3" => Mp3File.Of(wav),
            "wav" => wav.ToBytes(),
            "opus" => OpusFile.Of(wav),
            "ulaw" => LawCodec.ToMuLaw(wav.Samples),
            "alaw" => LawCodec.ToALaw(wav.Samples),
            _ => wav.ToRawBytes(),
        };

    private static IEnumerable<string> Rates(string codec) => SampleRates.Select(rate => $"{codec}_{rate}");
}
