namespace GroqKit.Simulator.Http;

/// <summary>An uploaded file; its name as the caller gave it.</summary>
internal sealed record UploadedFile(string Name, ReadOnlyMemory<byte> Bytes);
