using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>The smallest calls that tell whether a service works; nothing in them is a caller's.</summary>
internal static class SmallCalls
{
    private const int Rate = 16_000;

    public static async Task<int?> MakeAsync(
        IProvider provider,
        ProviderService service,
        string model,
        ProviderConnection to,
        CancellationToken cancellationToken
    )
    {
        switch (service)
        {
            case ProviderService.Llm:
                using (IChatClient chat = provider.CreateChatClient(model, to))
                    await chat.GetResponseAsync("ping", new ChatOptions { MaxOutputTokens = 16 }, cancellationToken)
                        .ConfigureAwait(false);
                break;
            case ProviderService.SpeechToText:
                using (ISpeechToTextClient hearing = provider.CreateSpeechToTextClient(model, to))
                    await hearing.GetTextAsync(Silence(), null, cancellationToken).ConfigureAwait(false);
                break;
            default:
                using (ITextToSpeechClient voice = provider.CreateTextToSpeechClient(model, to))
                    await voice.GetAudioAsync("a", null, cancellationToken).ConfigureAwait(false);
                break;
        }
        return null;
    }

    /// <summary>A fifth of a second.</summary>
    private static MemoryStream Silence() => new(new WavAudio(WavFormat.Pcm16(Rate), new byte[Rate * 2 / 5]).ToArray());
}
