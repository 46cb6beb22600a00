using System.Buffers;
using System.Net;
using System.Text;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Privacy;

namespace GroqKit.Gateway.Api.OpenAi.Uploads;

/// <summary>
/// A form on its way to a provider: the fields that fit it, the file as it arrives, and the fields that are known only behind the file.
/// Never holds more than one piece of a long file.
/// </summary>
internal sealed class UploadContent : HttpContent
{
    private const int PieceSize = 64 * 1024;

    private readonly UploadForm _form;
    private readonly IUploadFit _fit;
    private readonly string _fileHead;
    private readonly Action _progress;
    private readonly string _boundary;
    private readonly byte[]? _before;
    private readonly byte[]? _after;
    private readonly ArrayBufferWriter<byte> _masked = new();

    /// <param name="form">The caller's form.</param>
    /// <param name="fit">What the provider takes.</param>
    /// <param name="fileName">What to call the file.</param>
    /// <param name="fileType">Its type.</param>
    /// <param name="boundary">Unguessable, so that no file holds it.</param>
    /// <param name="progress">Told of every piece sent.</param>
    /// <exception cref="GatewayException">A field is wrong.</exception>
    public UploadContent(
        UploadForm form,
        IUploadFit fit,
        string fileName,
        string fileType,
        string boundary,
        Action progress
    )
    {
        _form = form;
        _fit = fit;
        _boundary = boundary;
        _progress = progress;
        _fileHead =
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"{fit.FileField}\"; filename=\"{Plain(fileName)}\"\r\n"
            + $"Content-Type: {Plain(fileType)}\r\n\r\n";
        Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        IEnumerable<UploadField> before = fit.Fit(form.Fields);
        if (!form.IsWhole)
        {
            _before = Write([.. before]);
            return;
        }
        _before = Write([.. before, .. fit.Close(form.Fields)]);
        _after = Encoding.UTF8.GetBytes($"{(form.HasFile ? "\r\n" : "")}--{boundary}--\r\n");
    }

    /// <summary>Bytes of the file that were sent.</summary>
    public long FileBytes { get; private set; }

    /// <summary>What was wrong with the caller's side while the form was sent; null when nothing was.</summary>
    public GatewayException? Refusal { get; private set; }

    /// <summary>False once a part of the file has gone that isn't kept.</summary>
    public bool CanRepeat => _after is not null || FileBytes <= _form.Held.Length;

    protected override bool TryComputeLength(out long length)
    {
        length = _before!.Length + (_form.HasFile ? _fileHead.Length + _form.Held.Length : 0) + (_after?.Length ?? 0);
        // What is masked becomes longer or shorter.
        return _after is not null && _fit.Lines() is null;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        ObjectDisposedException.ThrowIf(!_form.TryHold(), this);
        try
        {
            await SendAsync(stream, cancellationToken);
        }
        catch (GatewayException refusal)
        {
            // The HTTP stack wraps what a body throws; whoever sent the request looks here.
            Refusal = refusal;
            throw;
        }
        finally
        {
            _form.Release();
        }
    }

    private async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        MaskedLines? lines = _fit.Lines();
        FileBytes = 0;
        await stream.WriteAsync(_before, cancellationToken);
        if (_form.HasFile)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(_fileHead), cancellationToken);
            // In pieces: what lines become is held as a whole.
            for (int at = 0; at < _form.Held.Length; at += PieceSize)
                await SendFileAsync(
                    stream,
                    lines,
                    _form.Held.Slice(at, Math.Min(PieceSize, _form.Held.Length - at)),
                    cancellationToken
                );
        }
        if (_after is not null)
        {
            await EndFileAsync(stream, lines, cancellationToken);
            await stream.WriteAsync(_after, cancellationToken);
            return;
        }
        await SendRestAsync(stream, lines, cancellationToken);
    }

    private async Task SendRestAsync(Stream stream, MaskedLines? lines, CancellationToken cancellationToken)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            int read;
            while ((read = await _form.ReadFileAsync(piece, cancellationToken)) > 0)
                await SendFileAsync(stream, lines, piece.AsMemory(0, read), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
        await EndFileAsync(stream, lines, cancellationToken);
        IReadOnlyList<UploadField> late = await _form.ReadRestAsync(cancellationToken);
        byte[] closing = Write([.. _fit.Fit(late), .. _fit.Close(_form.Fields)]);
        await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
        await stream.WriteAsync(closing, cancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"--{_boundary}--\r\n"), cancellationToken);
    }

    private async Task SendFileAsync(
        Stream stream,
        MaskedLines? lines,
        ReadOnlyMemory<byte> piece,
        CancellationToken cancellationToken
    )
    {
        FileBytes += piece.Length;
        ReadOnlyMemory<byte> sent = piece;
        if (lines is not null)
        {
            _masked.ResetWrittenCount();
            lines.Take(piece.Span, _masked);
            await _fit.KeepAsync(cancellationToken);
            sent = _masked.WrittenMemory;
        }
        await stream.WriteAsync(sent, cancellationToken);
        _progress();
    }

    private async Task EndFileAsync(Stream stream, MaskedLines? lines, CancellationToken cancellationToken)
    {
        if (lines is null)
            return;
        _masked.ResetWrittenCount();
        lines.End(_masked);
        await _fit.KeepAsync(cancellationToken);
        await stream.WriteAsync(_masked.WrittenMemory, cancellationToken);
    }

    private byte[] Write(IReadOnlyList<UploadField> fields)
    {
        var text = new StringBuilder();
        foreach (UploadField field in fields)
        {
            text.Append("--").Append(_boundary).Append("\r\nContent-Disposition: form-data; name=\"");
            text.Append(Plain(field.Name)).Append("\"\r\n\r\n").Append(field.Value).Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // It goes into a header between quotes.
    private static string Plain(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\') ? c : '_'));
}
