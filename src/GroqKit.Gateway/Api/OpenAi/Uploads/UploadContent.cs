using System.Buffers;
using System.Net;
using System.Text;
using GroqKit.Gateway.Services.Errors;

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
        return _after is not null;
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
        finally
        {
            _form.Release();
        }
    }

    private async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_before, cancellationToken);
        if (_form.HasFile)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(_fileHead), cancellationToken);
            await stream.WriteAsync(_form.Held, cancellationToken);
            FileBytes = _form.Held.Length;
            _progress();
        }
        if (_after is not null)
        {
            await stream.WriteAsync(_after, cancellationToken);
            return;
        }
        try
        {
            await SendRestAsync(stream, cancellationToken);
        }
        catch (GatewayException refusal)
        {
            // The HTTP stack wraps what a body throws; whoever sent the request looks here.
            Refusal = refusal;
            throw;
        }
    }

    private async Task SendRestAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            int read;
            while ((read = await _form.ReadFileAsync(piece, cancellationToken)) > 0)
            {
                FileBytes += read;
                await stream.WriteAsync(piece.AsMemory(0, read), cancellationToken);
                _progress();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
        IReadOnlyList<UploadField> late = await _form.ReadRestAsync(cancellationToken);
        byte[] closing = Write([.. _fit.Fit(late), .. _fit.Close(_form.Fields)]);
        await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
        await stream.WriteAsync(closing, cancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"--{_boundary}--\r\n"), cancellationToken);
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
