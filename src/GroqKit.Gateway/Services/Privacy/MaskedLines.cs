using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Privacy.Detection;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>
/// Masks a file line by line as it goes by, so that a long one costs no more memory than its longest line: lines of JSON text by text, others whole.
/// Every line is a request of its own, so that placeholders are numbered anew in each. Used by one thread at a time.
/// </summary>
/// <param name="scanner">Finds personal data.</param>
/// <param name="guard">Masks or refuses it.</param>
/// <param name="sanitises">Whether invisible characters go.</param>
/// <param name="longest">The longest line, in bytes.</param>
/// <param name="masked">Told what the placeholders of a named line stand for; null where nobody wants to know.</param>
internal sealed class MaskedLines(
    PersonalDataScanner scanner,
    CallGuard guard,
    bool sanitises,
    int longest,
    Action<LineMasks>? masked = null
)
{
    // Answers are matched to requests by it, so that it can't be replaced.
    private const string Name = "custom_id";
    private const string LimitName = "the limit for a line of a file that is masked";

    private readonly ArrayBufferWriter<byte> _held = new();
    private long _line;

    /// <summary>Takes a piece of the file.</summary>
    /// <param name="piece">The bytes.</param>
    /// <param name="output">Takes the lines that are whole.</param>
    /// <exception cref="GatewayException">A line may not leave.</exception>
    public void Take(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        while (piece.IndexOf((byte)'\n') is var end and >= 0)
        {
            if (_held.WrittenCount > 0)
            {
                Hold(piece[..end]);
                Write(_held.WrittenSpan, output);
                _held.ResetWrittenCount();
            }
            else
            {
                Write(piece[..end], output);
            }
            output.Write("\n"u8);
            piece = piece[(end + 1)..];
        }
        Hold(piece);
    }

    /// <summary>The file is over.</summary>
    /// <exception cref="GatewayException">Its last line may not leave.</exception>
    public void End(IBufferWriter<byte> output)
    {
        if (_held.WrittenCount > 0)
            Write(_held.WrittenSpan, output);
        _held.ResetWrittenCount();
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_held.WrittenCount + (long)bytes.Length > longest)
            throw RequestErrors.TooLarge(LimitName, longest);
        _held.Write(bytes);
    }

    private void Write(ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        _line++;
        byte[] own = line.ToArray();
        var masks = new Masks(placeholder => own.AsSpan().IndexOf(Encoding.ASCII.GetBytes(placeholder)) >= 0);
        var texts = new LineTexts(
            new InputTexts(sanitises, new TextMasker(scanner, masks), refuses: false),
            new TextMasker(scanner, new Masks(_ => false)),
            guard.Refuses,
            _line
        );
        byte[]? changed = line.TrimStart(" \t"u8).StartsWith("{"u8) ? Json(own, texts) : Text(own, texts);
        output.Write(changed ?? line);
        if (masked is not null && !masks.IsEmpty && FileLine.Read(own) is { Name: { } name } known)
            masked(new LineMasks(name, known.EndUser, masks.Values));
    }

    private byte[]? Json(byte[] line, LineTexts texts)
    {
        try
        {
            return JsonTexts.Rewrite(line, texts);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw GuardErrors.UnreadableLine(_line, "is no valid JSON");
        }
    }

    private byte[]? Text(byte[] line, LineTexts texts)
    {
        if (line.Contains((byte)0) || !Utf8.IsValid(line))
            throw GuardErrors.UnreadableLine(_line, "is no text");
        return texts.Change(Encoding.UTF8.GetString(line), "", isJson: false) is { } changed
            ? Encoding.UTF8.GetBytes(changed)
            : null;
    }

    private sealed class LineTexts(InputTexts masking, TextMasker finder, bool refuses, long line) : ITextChange
    {
        public string? Change(ReadOnlySpan<char> text, string member, bool isJson)
        {
            if (!refuses && member != Name)
                return masking.Change(text, member, isJson);
            string[] kinds = [.. finder.KindsIn(text)];
            return kinds.Length == 0
                ? masking.Change(text, member, isJson)
                : throw GuardErrors.PersonalDataInLine(line, member, kinds);
        }
    }
}
