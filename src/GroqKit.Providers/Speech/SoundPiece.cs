namespace GroqKit.Providers.Speech;

/// <summary>A piece of sound and the words that are told with it.</summary>
/// <param name="Sound">The sound; none at the end.</param>
/// <param name="Words">The words; mostly none.</param>
internal readonly record struct SoundPiece(ReadOnlyMemory<byte> Sound, IReadOnlyList<SpokenWord> Words)
{
    public static SoundPiece End { get; } = new(default, []);
}
