using System.Buffers;
using GroqKit.Errors;
using GroqKit.Http;
using GroqKit.Json;

namespace GroqKit.Files;

/// <summary>Files at Groq: the inputs and results of batches, and adapters. Safe for all threads.</summary>
public sealed class FilesClient
{
    private const string Path = "openai/v1/files";
    private const int BufferSize = 80 * 1024;

    // An upload that moves is no silence; only the whole needs a bound, and 200 MB over a slow line take long.
    private static readonly CallOptions UploadDefaults = new() { Timeout = TimeSpan.FromHours(1) };

    private readonly GroqHttp _http;
    private readonly Uri _list;

    internal FilesClient(GroqHttp http)
    {
        _http = http;
        _list = http.Resolve(Path);
    }

    /// <summary>Sends a file.</summary>
    /// <param name="file">The file. For a batch: at most 200 MB, named <c>….jsonl</c>.</param>
    /// <param name="purpose">What it is for. Default <see cref="FilePurpose.Batch"/>.</param>
    /// <param name="progress">Is told what was sent; a repeated attempt begins again.</param>
    /// <param name="options">
    /// What this call does differently. Unless they set a timeout, the upload may take an hour, and a silence as long as
    /// <see cref="GroqClientOptions.Timeout"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The file cannot be read or used; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<StoredFile> UploadAsync(
        FileUpload file,
        FilePurpose? purpose = null,
        IProgress<UploadProgress>? progress = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        FilePurpose wanted = purpose ?? FilePurpose.Batch;
        FileRules.Check(file, wanted);
        long limit = wanted == FilePurpose.Batch ? FileRules.MaxBatchBytes : long.MaxValue;
        var part = new FilePart(file.Source, file.FileName!, "application/octet-stream", limit, progress);
        var form = new MultipartForm([KeyValuePair.Create("purpose", wanted.Value)], part);
        options ??= UploadDefaults;
        if (options.Timeout is null)
            options = options with { Timeout = UploadDefaults.Timeout };
        return _http.UploadAsync(_list, form, GroqJson.Context.StoredFile, null, options, cancellationToken);
    }

    /// <summary>Lists all files.</summary>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<FileList> ListAsync(CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _http.SendAsync(HttpMethod.Get, _list, null, GroqJson.Context.FileList, options, cancellationToken);

    /// <summary>Gets what is known about a file.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<StoredFile> GetAsync(
        string fileId,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _http.SendAsync(HttpMethod.Get, One(fileId), null, GroqJson.Context.StoredFile, options, cancellationToken);

    /// <summary>Deletes a file.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<Deletion> DeleteAsync(
        string fileId,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _http.SendAsync(HttpMethod.Delete, One(fileId), null, GroqJson.Context.Deletion, options, cancellationToken);

    /// <summary>Opens the content of a file. Returns once its headers are there; it is read while it arrives.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call and the stream.</param>
    /// <returns>The content, to be disposed of.</returns>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<ContentStream> OpenContentAsync(
        string fileId,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        _http.OpenContentAsync(
            HttpMethod.Get,
            _http.Resolve($"{Path}/{Escape(fileId)}/content"),
            null,
            options,
            cancellationToken
        );

    /// <summary>Copies the content of a file into a stream.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="destination">Where to; it stays open.</param>
    /// <param name="progress">Is told what was written.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed; a part may have been written.</exception>
    public async Task DownloadAsync(
        string fileId,
        Stream destination,
        IProgress<DownloadProgress>? progress = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(destination);
        ContentStream content = await OpenContentAsync(fileId, options, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            await CopyAsync(content, destination, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the content of a file to the file system. The file appears under its name when it is whole, and not before.</summary>
    /// <param name="fileId">Its id.</param>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <param name="progress">Is told what was written.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="GroqException">The call failed; nothing is left behind.</exception>
    public async Task DownloadAsync(
        string fileId,
        string path,
        IProgress<DownloadProgress>? progress = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Rules.CheckId("file_id", fileId);
        string partial = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true);
            await using (file.ConfigureAwait(false))
                await DownloadAsync(fileId, file, progress, options, cancellationToken).ConfigureAwait(false);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task CopyAsync(
        ContentStream content,
        Stream destination,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long received = 0;
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                received += read;
                progress?.Report(new DownloadProgress(received, content.ContentLength));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Uri One(string fileId) => _http.Resolve($"{Path}/{Escape(fileId)}");

    private static string Escape(string fileId)
    {
        Rules.CheckId("file_id", fileId);
        return Uri.EscapeDataString(fileId);
    }
}
