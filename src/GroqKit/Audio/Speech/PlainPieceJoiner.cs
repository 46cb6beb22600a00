namespace GroqKit.Audio;

/// <summary>One after another: raw samples have no header, and Ogg files may be chained.</summary>
internal sealed class PlainPieceJoiner : PieceJoiner
{
    public override void BeginPiece() { }

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes) => bytes;
}
