namespace GroqKit.Telemetry;

/// <summary>What models do beside chat.</summary>
internal static class ModelOperations
{
    public static OperationKind Responses { get; } = new ResponseOperation();

    public static OperationKind TextCompletion { get; } = new TextCompletionOperation();

    public static OperationKind Embeddings { get; } = new EmbeddingOperation();

    public static OperationKind SpeechToText { get; } = new SpeechToTextOperation();

    public static OperationKind TextToSpeech { get; } = new TextToSpeechOperation();

    /// <summary>There is no convention for it.</summary>
    public static OperationKind Reranking { get; } = new("reranking", isInference: false);
}
