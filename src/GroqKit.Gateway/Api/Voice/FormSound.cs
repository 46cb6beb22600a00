using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using Microsoft.AspNetCore.WebUtilities;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>
/// The recording of a form, which is the last of it: it is heard while it comes, and a field behind it would come too late to be heeded, so that it
/// is refused.
/// </summary>
internal sealed class FormSound(MultipartReader form, string name, Stream recording) : PassingStream
{
    private bool _ended;

    /// <exception cref="GatewayException">Something stands behind the recording.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended)
            return 0;
        int read = await recording.ReadAsync(buffer, cancellationToken);
        if (read > 0 || buffer.IsEmpty)
            return read;
        _ended = true;
        MultipartSection? behind;
        try
        {
            behind = await form.ReadNextSectionAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw FormErrors.Headers(name);
        }
        return behind is null ? 0 : throw RequestErrors.Behind(VoiceRequest.NameOf(behind));
    }
}
