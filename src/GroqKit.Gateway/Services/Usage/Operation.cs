namespace GroqKit.Gateway.Services.Usage;

/// <summary>What the caller asked for; the name used in records and metrics.</summary>
internal static class Operation
{
    public const string Chat = "chat";
    public const string Completions = "completions";
    public const string Responses = "responses";
    public const string Embeddings = "embeddings";
    public const string Reranking = "reranking";
    public const string Transcription = "transcription";
    public const string Translation = "translation";
    public const string Speech = "speech";
    public const string Files = "files";
    public const string Batches = "batches";

    /// <summary>A guard model is asked about somebody else's input.</summary>
    public const string Screening = "screening";

    public const string Models = "models";

    /// <summary>A spoken turn or session; what its stages use is in accounts of their own.</summary>
    public const string Voice = "voice";

    /// <summary>The kind of service behind an operation, as reports group by it: that of agents, or the operation itself.</summary>
    public static string ServiceOf(string operation) =>
        operation switch
        {
            Chat or Completions or Responses => "llm",
            Transcription or Translation => "stt",
            Speech => "tts",
            _ => operation,
        };
}
