using GroqKit.Gateway.Services.Errors;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>How a turn is given to its caller, and the form that its sound has.</summary>
/// <param name="Form">What is given.</param>
/// <param name="Format">The form of the sound.</param>
/// <param name="MediaType">What the answer is called.</param>
internal sealed record VoiceOutput(VoiceForm Form, SoundFormat Format, string MediaType)
{
    private static readonly SoundFormat Wav = SoundFormat.Default with { Coding = SoundCoding.Wav };

    private static readonly VoiceOutput Events = new(VoiceForm.Events, SoundFormat.Default, "text/event-stream");
    private static readonly VoiceOutput Lines = new(VoiceForm.Lines, SoundFormat.Default, "application/x-ndjson");
    private static readonly VoiceOutput Result = new(VoiceForm.Result, SoundFormat.Default, "application/json");

    private static readonly VoiceOutput[] OfTurns =
    [
        Events,
        Lines,
        Sound(Wav),
        Sound(SoundFormat.Default),
        Sound(new SoundFormat(SoundCoding.MuLaw, 8_000)),
    ];

    private static readonly VoiceOutput[] Afterwards = [Events, Lines, Result];

    public bool SoundOnly => Form == VoiceForm.Sound;

    /// <summary>What the caller of a turn gets.</summary>
    /// <param name="request">The request.</param>
    /// <param name="format">The form of sound that is asked for beside the header; null where none is.</param>
    /// <param name="speaks">Whether there is sound at all; where there is none, it is chosen only if nothing else is taken.</param>
    /// <exception cref="GatewayException">There is no such form.</exception>
    public static VoiceOutput Choose(HttpRequest request, string? format, bool speaks)
    {
        AcceptedTypes accepted = AcceptedTypes.Read(request);
        // Other names and rates of what there is.
        IEnumerable<VoiceOutput> named = accepted
            .Named.Where(type => type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase))
            .Select(type => SoundFormat.TryParse(type, out SoundFormat known) ? Sound(known, type) : null)
            .OfType<VoiceOutput>();
        VoiceOutput chosen = accepted.Choose([.. OfTurns, .. named], offer => offer.MediaType);
        if (chosen.SoundOnly && !speaks)
            chosen = accepted.Find([Events, Lines], offer => offer.MediaType) ?? chosen;
        if (format is not null)
            chosen = SoundFormat.TryParse(format, out SoundFormat known)
                ? chosen with
                {
                    Format = known,
                }
                : throw RequestErrors.WrongValue(
                    "format",
                    "must be pcm16, wav or mulaw, with a rate from 8000 to 48000 behind it: pcm_16000"
                );
        return chosen.SoundOnly ? chosen with { MediaType = chosen.Format.MediaType } : chosen;
    }

    /// <summary>What is given of a turn that is there already.</summary>
    /// <exception cref="GatewayException">There is no such form.</exception>
    public static VoiceOutput ChooseAfterwards(HttpRequest request) =>
        AcceptedTypes.Read(request).Choose(Afterwards, offer => offer.MediaType);

    private static VoiceOutput Sound(SoundFormat format) => Sound(format, format.MediaType);

    private static VoiceOutput Sound(SoundFormat format, string mediaType) => new(VoiceForm.Sound, format, mediaType);
}
