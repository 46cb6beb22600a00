namespace GroqKit.Http;

/// <summary>Looks for the first output of a stream that is read ahead.</summary>
internal interface IOutputProbe
{
    /// <summary>Whether there is nothing more to wait for: output came, or the stream came to its end.</summary>
    bool Sees(string eventType, ReadOnlySpan<byte> data);
}
