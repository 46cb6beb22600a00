using GroqKit.Embeddings;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Embeddings;

/// <summary>Groq's embeddings as the ecosystem knows them. Immutable; safe for all threads.</summary>
internal sealed class GroqEmbeddingGenerator(GroqClient client, string? model, int? dimensions)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("groq", client.BaseAddress, model, dimensions);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        EmbeddingRequest request = EmbeddingMapping.Map(this, [.. values], options, model);
        EmbeddingList answer = await client
            .Embeddings.CreateAsync(request, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return EmbeddingMapping.Map(answer, request);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this, _metadata, client, client.Embeddings);

    /// <summary>Does nothing: the client underneath is shared, and its owner's.</summary>
    public void Dispose() { }
}
