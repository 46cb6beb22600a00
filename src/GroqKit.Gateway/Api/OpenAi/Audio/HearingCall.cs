using GroqKit.Audio;
using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Translation.Audio;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>A recording to be heard.</summary>
/// <param name="Form">The caller's form.</param>
/// <param name="Path">Where OpenAI's dialect takes it.</param>
/// <param name="Format">What the recording is; null where it isn't told by its content.</param>
/// <param name="Rate">How long it is by its bytes; null where that isn't known.</param>
internal sealed record HearingCall(UploadForm Form, string Path, AudioFormat? Format, SoundRate? Rate)
{
    /// <summary>What is done with a field's value before it leaves, by the field's name; null where nothing is.</summary>
    public Func<string, string, string>? Clean { get; init; }

    /// <summary>The caller's name for the file; where its extension is none that providers know, one that fits what it is.</summary>
    public string FileName =>
        Format is null || AudioFormat.FromFileName(Form.FileName) is not null
            ? Form.FileName
            : $"{(Form.FileName.Length > 0 ? Form.FileName : "audio")}.{Format.Extension}";
}
