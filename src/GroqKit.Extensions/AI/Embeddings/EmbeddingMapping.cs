using GroqKit.Embeddings;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Embeddings;

/// <summary>Requests for vectors, and what comes back.</summary>
internal static class EmbeddingMapping
{
    /// <exception cref="NotSupportedException">An option has no counterpart.</exception>
    /// <exception cref="GroqValidationException">No model is named, or a property is of the wrong kind.</exception>
    public static EmbeddingRequest Map(
        IEmbeddingGenerator generator,
        IReadOnlyList<string> texts,
        EmbeddingGenerationOptions? options,
        string? defaultModel
    )
    {
        if (options?.Dimensions is not null)
        {
            throw Unsupported.Option(
                nameof(EmbeddingGenerationOptions),
                nameof(EmbeddingGenerationOptions.Dimensions),
                "Groq has no such parameter; the model decides how long its vectors are."
            );
        }
        var own = options?.RawRepresentationFactory?.Invoke(generator) as EmbeddingRequest;
        string? model = string.IsNullOrWhiteSpace(options?.ModelId) ? defaultModel : options.ModelId;
        if (!string.IsNullOrEmpty(own?.Model))
            model = own.Model;
        return new EmbeddingRequest
        {
            Model =
                model
                ?? throw Unsupported.Missing(
                    "model",
                    "name it when the generator is made, or in EmbeddingGenerationOptions.ModelId."
                ),
            Input = new TextInput(texts),
            EncodingFormat =
                own?.EncodingFormat
                ?? AdditionalFields.Read(
                    options?.AdditionalProperties,
                    "encoding_format",
                    RequestJson.Default.NullableEmbeddingEncoding
                ),
            User =
                own?.User ?? AdditionalFields.Read(options?.AdditionalProperties, "user", RequestJson.Default.String),
            ExtraBody = own?.ExtraBody,
        };
    }

    /// <exception cref="GroqServerException">The vectors are not those of the texts.</exception>
    public static GeneratedEmbeddings<Embedding<float>> Map(EmbeddingList answer, EmbeddingRequest request)
    {
        int count = request.Input.Texts!.Count;
        var vectors = new Embedding<float>?[count];
        foreach (var vector in answer.Data)
        {
            if (vector.Index >= 0 && vector.Index < count)
                vectors[vector.Index] = new Embedding<float>(vector.Vector) { ModelId = Model(answer, request) };
        }
        int missing = Array.IndexOf(vectors, null);
        if (missing >= 0)
        {
            throw new GroqServerException(
                $"The server gave no vector for text {missing} of {count}.",
                new ErrorDetails { Status = answer.Metadata.Status, RequestId = answer.Metadata.RequestId }
            );
        }
        return new GeneratedEmbeddings<Embedding<float>>(vectors!) { Usage = Map(answer.Usage) };
    }

    private static string Model(EmbeddingList answer, EmbeddingRequest request) =>
        answer.Model.Length > 0 ? answer.Model : request.Model;

    private static UsageDetails? Map(EmbeddingUsage? usage) =>
        usage is null
            ? null
            : new UsageDetails { InputTokenCount = usage.PromptTokens, TotalTokenCount = usage.TotalTokens };
}
