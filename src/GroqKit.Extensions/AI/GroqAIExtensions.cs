using System.Diagnostics.CodeAnalysis;
using GroqKit;
using GroqKit.Audio;
using GroqKit.Extensions.AI.Chat;
using GroqKit.Extensions.AI.Embeddings;
using GroqKit.Extensions.AI.SpeechToText;
using GroqKit.Extensions.AI.TextToSpeech;

namespace Microsoft.Extensions.AI;

/// <summary>Groq behind the interfaces of Microsoft.Extensions.AI.</summary>
/// <remarks>
/// All are immutable and safe for all threads, and stand on the client, which stays the caller's to dispose of: disposing of them does nothing. They raise
/// <see cref="GroqException"/>s unwrapped, and <see cref="NotSupportedException"/> for options that Groq has no place for, naming the option. Each call's
/// <c>RawRepresentationFactory</c> may give a request of this library; what that sets wins over the options, and those win over
/// <c>AdditionalProperties</c>, of which only the parameters of Groq are read.
/// </remarks>
public static class GroqAIExtensions
{
    /// <summary>The client as an <see cref="IChatClient"/>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">The model of calls that name none. Null: every call has to name one.</param>
    /// <param name="options">How options are translated. Null: as <see cref="GroqChatClientOptions"/> says.</param>
    /// <returns>
    /// A client that never returns a conversation id, since Groq's chat keeps no state. Where tools and a JSON format are asked for together,
    /// which Groq refuses, the format is stated in a system message instead.
    /// </returns>
    public static IChatClient AsIChatClient(
        this GroqClient client,
        string? model = null,
        GroqChatClientOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        CheckName(model);
        return new GroqChatClient(client, model, options ?? new GroqChatClientOptions());
    }

    /// <summary>The client as an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">The model of calls that name none. Null: every call has to name one.</param>
    /// <param name="dimensions">How long that model's vectors are, for those who ask. Groq has no parameter for it.</param>
    public static IEmbeddingGenerator<string, Embedding<float>> AsIEmbeddingGenerator(
        this GroqClient client,
        string? model = null,
        int? dimensions = null
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        CheckName(model);
        if (dimensions is { } length)
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(dimensions));
        return new GroqEmbeddingGenerator(client, model, dimensions);
    }

    /// <summary>The client as an <see cref="ISpeechToTextClient"/>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">
    /// The model of calls that name none. Null: <see cref="TranscriptionRequest.DefaultModel"/>, and <see cref="TranslationRequest.DefaultModel"/> for
    /// translations.
    /// </param>
    /// <returns>
    /// A client that translates where <see cref="SpeechToTextOptions.TextLanguage"/> is English and not the language of the speech, splits WAV recordings of
    /// known length that are too long for one call, and, since Groq hears a recording as a whole, gives a stream's phrases when all are there. A stream that is
    /// no audio file holds 16-bit mono samples where <see cref="SpeechToTextOptions.SpeechSampleRate"/> is set; files say their own rate. The transcript
    /// with segments and words is the answer's <see cref="SpeechToTextResponse.RawRepresentation"/>; words are asked for by the additional property
    /// <c>timestamp_granularities</c>.
    /// </returns>
    [Experimental("MEAI001")]
    public static ISpeechToTextClient AsISpeechToTextClient(this GroqClient client, string? model = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        CheckName(model);
        return new GroqSpeechToTextClient(client, model);
    }

    /// <summary>The client as an <see cref="ITextToSpeechClient"/>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">
    /// The model of calls that name none. Null: one that speaks <see cref="TextToSpeechOptions.Language"/>, else
    /// <see cref="SpeechRequest.DefaultModel"/>.
    /// </param>
    /// <param name="voice">The voice of calls of that model that name none. Null: the first that the catalogue knows of the model.</param>
    /// <returns>
    /// A client that speaks texts of any length and gives one file, <c>wav</c> unless <see cref="TextToSpeechOptions.AudioFormat"/> names another (a word or a
    /// media type; <c>pcm</c> is WAV without its header).
    /// </returns>
    [Experimental("MEAI001")]
    public static ITextToSpeechClient AsITextToSpeechClient(
        this GroqClient client,
        string? model = null,
        string? voice = null
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        CheckName(model);
        CheckName(voice);
        return new GroqTextToSpeechClient(client, model, voice);
    }

    private static void CheckName(
        string? name,
        [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(name))] string? parameter = null
    )
    {
        if (name is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
    }
}
