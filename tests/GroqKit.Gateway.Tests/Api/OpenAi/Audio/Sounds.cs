using System.Net.Http.Headers;
using System.Text;
using GroqKit.Audio;

namespace GroqKit.Gateway.Tests.Api.OpenAi.Audio;

/// <summary>Recordings and the forms that carry them.</summary>
internal static class Sounds
{
    public const int Rate = 16_000;

    /// <summary>Silence, 16-bit, one channel.</summary>
    public static byte[] Wav(double seconds) =>
        new WavAudio(WavFormat.Pcm16(Rate), new byte[(int)(seconds * Rate) * 2]).ToArray();

    /// <summary>A form in the order given; a file where the value is bytes.</summary>
    public static MultipartFormDataContent Form(params (string Name, object Value)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach ((string name, object value) in parts)
        {
            if (value is byte[] bytes)
                form.Add(
                    new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } },
                    name,
                    "speech.wav"
                );
            else
                form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes((string)value)), name);
        }
        return form;
    }
}
