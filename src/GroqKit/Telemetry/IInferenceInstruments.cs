namespace GroqKit.Telemetry;

/// <summary>The GenAI metrics of one release of the conventions.</summary>
internal interface IInferenceInstruments
{
    /// <summary>Whether anybody listens to any of them.</summary>
    bool Enabled { get; }

    /// <summary>Whether anybody wants to know of every piece of a stream.</summary>
    bool WantsChunks { get; }

    /// <summary>A call ended.</summary>
    void Ended(in InferenceTags tags, TimeSpan duration, in CallFigures figures, string? errorType);

    /// <summary>A piece of a stream came, and not the first.</summary>
    void NextChunk(in InferenceTags tags, TimeSpan sinceLast);
}
