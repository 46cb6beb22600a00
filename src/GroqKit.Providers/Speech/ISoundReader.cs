namespace GroqKit.Providers.Speech;

/// <summary>Reads the sound out of an answer's body. For one body.</summary>
internal interface ISoundReader : IDisposable
{
    /// <summary>The next piece as soon as it is there; one without sound is the last.</summary>
    /// <exception cref="InvalidDataException">The body is not what it must be.</exception>
    ValueTask<SoundPiece> ReadAsync(Stream body, CancellationToken cancellationToken);
}
