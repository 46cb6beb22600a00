using GroqKit.Gateway.Services.Translation.Audio;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>How one provider is asked for speech, and what is done with its sound.</summary>
/// <param name="Address">Where.</param>
/// <param name="ContentType">What the sound is where the provider doesn't say.</param>
internal sealed record SpeechPlan(Uri Address, string ContentType)
{
    /// <summary>The request; null: the caller's own, edited.</summary>
    public HttpContent? Content { get; init; }

    /// <summary>How long the sound is by its bytes; null: its beginning tells.</summary>
    public SoundRate? Rate { get; init; }

    /// <summary>Whether a WAV header is left out, so that bare samples remain.</summary>
    public bool StripHeader { get; init; }

    /// <summary>The WAV header that the provider leaves out.</summary>
    public ReadOnlyMemory<byte> AddHeader { get; init; }

    /// <summary>What takes the sound out of an answer that has more in it; null where it is nothing but sound.</summary>
    public Func<Stream, Stream>? Open { get; init; }

    /// <summary>Whether the form that goes out is not the one that the provider sends.</summary>
    public bool IsOurForm { get; init; }
}
