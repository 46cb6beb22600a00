using System.Buffers;
using System.Text;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GroqKit.Gateway.Api.OpenAi.Uploads;

/// <summary>
/// A form with one file, read as it comes: its fields up to the file, and the file's beginning. A file that is longer goes on from the
/// caller's connection while it is sent; only the fields behind it are then read late.
/// </summary>
internal sealed class UploadForm : IDisposable
{
    private const int MaxFields = 64;
    private const int MaxFieldBytes = 2_000_000;
    private const int MaxBoundary = 128;
    private const int ReadSize = 64 * 1024;

    private readonly MultipartReader _reader;
    private readonly string _fileField;
    private readonly List<UploadField> _fields = [];
    private MultipartSection? _file;
    private PooledBody? _held;
    private int _fieldBytes;
    private string? _last;

    private UploadForm(MultipartReader reader, string fileField)
    {
        _reader = reader;
        _fileField = fileField;
    }

    /// <summary>All fields read so far, in the caller's order.</summary>
    public IReadOnlyList<UploadField> Fields => _fields;

    /// <summary>False when the form has no file.</summary>
    public bool HasFile => _file is not null;

    /// <summary>The file's name as the caller gave it.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>The file's type as the caller gave it; null when it gave none.</summary>
    public string? FileType { get; private set; }

    /// <summary>The file's beginning, or all of it.</summary>
    public ReadOnlyMemory<byte> Held => _held?.Memory ?? default;

    /// <summary>True when <see cref="Held"/> is all of the file and <see cref="Fields"/> are all of the fields.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Reads a form up to the point where it is known, or too long to be kept.</summary>
    /// <param name="request">The caller's request.</param>
    /// <param name="fileField">The name of the one field that may hold a file.</param>
    /// <param name="held">How much of the file to keep.</param>
    /// <param name="limit">The longest body.</param>
    /// <param name="limitName">What to call that limit.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GatewayException">It is no such form.</exception>
    public static async Task<UploadForm> ReadAsync(
        HttpRequest request,
        string fileField,
        int held,
        long limit,
        string limitName,
        CancellationToken cancellationToken
    )
    {
        RequestBody.CheckHeaders(request.Headers);
        if (request.ContentLength > limit)
            throw RequestErrors.TooLarge(limitName, limit);
        var form = new UploadForm(
            new MultipartReader(BoundaryOf(request), new BoundedStream(request.Body, limit, limitName), ReadSize)
            {
                HeadersCountLimit = FormErrors.MaxHeaders,
                HeadersLengthLimit = FormErrors.MaxHeaderBytes,
            },
            fileField
        );
        try
        {
            await form.ReadToFileAsync(cancellationToken);
            await form.HoldAsync(held, cancellationToken);
            return form;
        }
        catch
        {
            form.Dispose();
            throw;
        }
    }

    /// <summary>The last value of a field; null when it is not there, or not yet.</summary>
    public string? Find(string name)
    {
        foreach (UploadField field in _fields)
        {
            if (field.Name == name)
                return field.Value;
        }
        return null;
    }

    /// <summary>Reads more of a file that is not whole.</summary>
    /// <returns>0 at its end.</returns>
    /// <exception cref="GatewayException">The caller's body is broken or too long.</exception>
    public async ValueTask<int> ReadFileAsync(Memory<byte> into, CancellationToken cancellationToken) =>
        await Guarded(() => _file!.Body.ReadAsync(into, cancellationToken).AsTask(), within: _fileField);

    /// <summary>Reads the fields behind a file that is not whole, once the file was read to its end.</summary>
    /// <returns>The fields that were not known before.</returns>
    /// <exception cref="GatewayException">They are broken.</exception>
    public async Task<IReadOnlyList<UploadField>> ReadRestAsync(CancellationToken cancellationToken)
    {
        int known = _fields.Count;
        await ReadFieldsAsync(cancellationToken);
        return _fields[known..];
    }

    /// <summary>Keeps <see cref="Held"/> until <see cref="Release"/>; false when it is gone already.</summary>
    public bool TryHold() => _held?.TryHold() ?? true;

    public void Release() => _held?.Release();

    public void Dispose() => _held?.Dispose();

    private static string BoundaryOf(HttpRequest request)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
            throw RequestErrors.WrongValue("content-type", "must be multipart/form-data");
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= MaxBoundary
            ? boundary
            : throw RequestErrors.WrongValue("content-type", $"needs a boundary of 1 to {MaxBoundary} characters");
    }

    private async Task ReadToFileAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) is { } section)
        {
            if (await TakeAsync(section, cancellationToken))
                return;
        }
        IsWhole = true;
    }

    private async Task ReadFieldsAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) is { } section)
        {
            if (await TakeAsync(section, cancellationToken))
                throw RequestErrors.Duplicate(_fileField);
        }
    }

    private async Task HoldAsync(int most, CancellationToken cancellationToken)
    {
        if (_file is null)
            return;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(ReadSize, most));
        int length = 0;
        bool ended = false;
        try
        {
            while (!ended && length < most)
            {
                if (length == buffer.Length)
                    buffer = AnswerBody.Grow(buffer);
                int room = Math.Min(buffer.Length, most) - length;
                int read = await ReadFileAsync(buffer.AsMemory(length, room), cancellationToken);
                length += read;
                ended = read == 0;
            }
        }
        finally
        {
            _held = new PooledBody(buffer, length);
        }
        if (!ended)
            return;
        await ReadFieldsAsync(cancellationToken);
        IsWhole = true;
    }

    private Task<MultipartSection?> NextAsync(CancellationToken cancellationToken) =>
        Guarded(() => _reader.ReadNextSectionAsync(cancellationToken));

    /// <returns>True when it is the file.</returns>
    private async Task<bool> TakeAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (
            section.GetContentDispositionHeader() is not { } disposition
            || HeaderUtilities.RemoveQuotes(disposition.Name).ToString() is not { Length: > 0 and < 128 } name
        )
            throw FormErrors.Nameless(_last);
        if (disposition.IsFileDisposition())
        {
            if (name != _fileField)
                throw RequestErrors.WrongValue(name, $"is a file; the file belongs into the field '{_fileField}'");
            if (_file is not null)
                throw RequestErrors.Duplicate(name);
            _file = section;
            _last = name;
            FileName = HeaderUtilities
                .RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName)
                .ToString();
            FileType = section.ContentType;
            return true;
        }
        if (_fields.Count == MaxFields)
            throw RequestErrors.InvalidForm($"The form has more than {MaxFields} fields.");
        _last = name;
        var field = new UploadField(name, await ReadTextAsync(section, name, cancellationToken));
        if (!field.IsList && _fields.Exists(known => known.Name == name))
            throw RequestErrors.Duplicate(name);
        _fields.Add(field);
        return false;
    }

    private async Task<string> ReadTextAsync(MultipartSection section, string name, CancellationToken cancellationToken)
    {
        var text = new MemoryStream();
        byte[] buffer = new byte[1024];
        int read;
        while (
            (read = await Guarded(() => section.Body.ReadAsync(buffer, cancellationToken).AsTask(), within: name)) > 0
        )
        {
            text.Write(buffer, 0, read);
            _fieldBytes += read;
            if (_fieldBytes > MaxFieldBytes)
                throw RequestErrors.TooLarge("the limit for the text fields of a form", MaxFieldBytes);
        }
        ReadOnlySpan<byte> bytes = text.GetBuffer().AsSpan(0, (int)text.Length);
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw RequestErrors.WrongValue(name, "is not valid UTF-8");
    }

    private async Task<T> Guarded<T>(Func<Task<T>> read, string? within = null)
    {
        try
        {
            return await read();
        }
        catch (InvalidDataException)
        {
            throw FormErrors.Headers(_last);
        }
        catch (BadHttpRequestException broken)
        {
            throw RequestErrors.InvalidHttp(broken.StatusCode, "The request body can't be read: " + broken.Message);
        }
        catch (IOException broken) when (broken is not ConnectionResetException)
        {
            throw within is null ? FormErrors.NoEnd(_last) : FormErrors.Cut(within);
        }
    }
}
