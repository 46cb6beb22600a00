using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>
/// Speaks a text while it is still being written, as a language model writes it. Asked of a text-to-speech client by
/// <c>GetService&lt;ITextStreamToSpeech&gt;()</c>; null where the provider has no such thing.
/// </summary>
[System.Diagnostics.CodeAnalysis.Experimental("MEAI001")]
public interface ITextStreamToSpeech
{
    /// <summary>Speaks pieces of text as they come.</summary>
    /// <param name="text">The pieces, cut anywhere: words are put together again.</param>
    /// <param name="options">Voice, form and speed.</param>
    /// <param name="cancellationToken">Ends the speaking, and the reading of the text.</param>
    /// <returns>Sound as it comes; the last update holds the usage.</returns>
    /// <exception cref="ProviderException">The provider failed; sound that came before stands.</exception>
    IAsyncEnumerable<TextToSpeechResponseUpdate> SpeakAsync(
        IAsyncEnumerable<string> text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    );
}
