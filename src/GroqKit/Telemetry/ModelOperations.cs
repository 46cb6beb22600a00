namespace GroqKit.Telemetry;

/// <summary>What models do beside chat.</summary>
internal static class ModelOperations
{
    public static OperationKind Responses { get; } = new(GenAiNames.Operations.Chat, isInference: true);

    public static OperationKind TextCompletion { get; } = new(GenAiNames.Operations.TextCompletion, isInference: true);

    public static OperationKind Embeddings { get; } = new(GenAiNames.Operations.Embeddings, isInference: true);

    public static OperationKind SpeechToText { get; } = new(GenAiNames.Operations.SpeechToText, isInference: true);

    public static OperationKind TextToSpeech { get; } = new(GenAiNames.Operations.TextToSpeech, isInference: true);

    /// <summary>There is no convention for it.</summary>
    public static OperationKind Reranking { get; } = new("reranking", isInference: false);
}
