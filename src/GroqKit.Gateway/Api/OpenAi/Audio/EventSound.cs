using System.Buffers.Text;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>Puts pieces of sound into events, for a caller that wants those from a provider that sends bare sound.</summary>
internal sealed class EventSound(IBytesWatch inner) : IBytesWatch
{
    public ReadOnlyMemory<byte> Pass(ReadOnlyMemory<byte> piece)
    {
        ReadOnlyMemory<byte> sound = inner.Pass(piece);
        if (sound.IsEmpty)
            return sound;
        byte[] base64 = new byte[Base64.GetMaxEncodedToUtf8Length(sound.Length)];
        Base64.EncodeToUtf8(sound.Span, base64, out _, out int length);
        return (byte[])
            [.. "data: {\"type\":\"speech.audio.delta\",\"audio\":\""u8, .. base64.AsSpan(0, length), .. "\"}\n\n"u8];
    }

    public ReadOnlyMemory<byte> End() =>
        "data: {\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":0,\"output_tokens\":0,\"total_tokens\":0}}\n\ndata: [DONE]\n\n"u8.ToArray();

    public void Account(RequestMeter meter) => inner.Account(meter);
}
