using System.Buffers;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>
/// A file on its way back: the values come back into its lines while it passes. Holds a piece of the file and what is not yet a whole line. Used by one
/// reader at a time.
/// </summary>
/// <param name="file">What the provider keeps.</param>
/// <param name="find">What the placeholders of lines stand for, by the lines' names.</param>
internal sealed class RestoredFile(
    Stream file,
    Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, Masks>>> find
) : PassingStream
{
    private const int PieceSize = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _in = new();
    private readonly ArrayBufferWriter<byte> _out = new();
    private int _given;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_given == _out.WrittenCount && !_ended)
            await FillAsync(cancellationToken);
        int length = Math.Min(buffer.Length, _out.WrittenCount - _given);
        _out.WrittenMemory.Slice(_given, length).CopyTo(buffer);
        _given += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        int read = await file.ReadAsync(_in.GetMemory(PieceSize), cancellationToken);
        _in.Advance(read);
        _ended = read == 0;
        int whole = _ended ? _in.WrittenCount : _in.WrittenSpan.LastIndexOf((byte)'\n') + 1;
        byte[] lines = _in.WrittenSpan[..whole].ToArray();
        byte[] rest = _in.WrittenSpan[whole..].ToArray();
        _in.ResetWrittenCount();
        _in.Write(rest);
        _out.ResetWrittenCount();
        _given = 0;
        await RestoreAsync(lines, cancellationToken);
    }

    private async Task RestoreAsync(byte[] lines, CancellationToken cancellationToken)
    {
        var all = new List<(ReadOnlyMemory<byte> Line, string? Name)>();
        for (int at = 0; at < lines.Length; )
        {
            int end = Array.IndexOf(lines, (byte)'\n', at);
            int next = end < 0 ? lines.Length : end + 1;
            ReadOnlyMemory<byte> line = lines.AsMemory(at, next - at);
            // Most lines of most files hold no placeholder.
            all.Add((line, line.Span.Contains((byte)'[') ? FileLine.Read(line).Name : null));
            at = next;
        }
        IReadOnlyDictionary<string, Masks> masks = await find(
            [.. all.Select(one => one.Name).OfType<string>().Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        foreach ((ReadOnlyMemory<byte> line, string? name) in all)
        {
            byte[]? restored =
                name is not null && masks.TryGetValue(name, out Masks? theirs)
                    ? JsonTexts.Rewrite(line.Span, new AnswerTexts(theirs, masker: null))
                    : null;
            _out.Write(restored ?? line.Span);
        }
    }
}
