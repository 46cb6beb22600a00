using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Voice;
using Microsoft.AspNetCore.WebUtilities;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>The recording in a form, read forward only: at its end the form has to end too, since a field behind it would be found too late.</summary>
internal sealed class LastSection(MultipartReader form, Stream recording) : PassingStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await recording.ReadAsync(buffer, cancellationToken);
        if (read > 0 || buffer.IsEmpty || await NextAsync(cancellationToken) is not { } next)
            return read;
        string name = next.GetContentDispositionHeader()?.Name.ToString().Trim('"') ?? "a field";
        throw new VoiceException(
            "misplaced_field",
            VoiceStage.Input,
            $"audio: must be the last field of the form; '{name}' stands behind it."
        );
    }

    private async Task<MultipartSection?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await form.ReadNextSectionAsync(cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            throw new IOException(broken.Message, broken);
        }
    }
}
