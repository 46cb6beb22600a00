using System.Diagnostics.CodeAnalysis;
using GroqKit;
using GroqKit.Extensions.DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Registers Groq behind the further interfaces of Microsoft.Extensions.AI: plainly for the client without a name, keyed by its name for a named one. Each is
/// made once, over the client of that name. Services that were registered before stay.
/// </summary>
public static class GroqBuilderAIExtensions
{
    /// <summary>Registers an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="model">The model of calls that name none. Null: every call has to name one.</param>
    /// <param name="dimensions">How long that model's vectors are, for those who ask.</param>
    public static IGroqBuilder AddEmbeddingGenerator(
        this IGroqBuilder builder,
        string? model = null,
        int? dimensions = null
    ) => builder.TryAdd(client => client.AsIEmbeddingGenerator(model, dimensions));

    /// <summary>Registers an <see cref="ISpeechToTextClient"/>.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="model">The model of calls that name none. Null: Groq's quickest, and the one that translates for translations.</param>
    [Experimental("MEAI001")]
    public static IGroqBuilder AddSpeechToTextClient(this IGroqBuilder builder, string? model = null) =>
        builder.TryAdd(client => client.AsISpeechToTextClient(model));

    /// <summary>Registers an <see cref="ITextToSpeechClient"/>.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="model">The model of calls that name none. Null: one that speaks the language asked for, else English.</param>
    /// <param name="voice">The voice of calls of that model that name none. Null: the first that the catalogue knows of the model.</param>
    [Experimental("MEAI001")]
    public static IGroqBuilder AddTextToSpeechClient(
        this IGroqBuilder builder,
        string? model = null,
        string? voice = null
    ) => builder.TryAdd(client => client.AsITextToSpeechClient(model, voice));

    private static IGroqBuilder TryAdd<TService>(this IGroqBuilder builder, Func<GroqClient, TService> create)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Name is { } name)
            builder.Services.TryAddKeyedSingleton(name, (provider, _) => create(provider.GetGroqClient(name)));
        else
            builder.Services.TryAddSingleton(provider => create(provider.GetGroqClient(null)));
        return builder;
    }
}
