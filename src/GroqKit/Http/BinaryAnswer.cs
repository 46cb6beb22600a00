namespace GroqKit.Http;

/// <summary>A whole answer that is no JSON.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Metadata">What the transport knows about it.</param>
internal sealed record BinaryAnswer(byte[] Content, ResponseMetadata Metadata);
