using GroqKit.Files;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <content>From requests to a batch that is done.</content>
public sealed partial class BatchesClient
{
    /// <summary>Writes requests, uploads them and creates a batch of them. They pass through a temporary file, whatever their size.</summary>
    /// <param name="items">At least one, at most <see cref="BatchInput.MaxRequests"/>.</param>
    /// <param name="settings">How the batch is made.</param>
    /// <param name="progress">Is told what was uploaded.</param>
    /// <param name="options">What each call does differently.</param>
    /// <param name="cancellationToken">Ends the calls. A batch that was created before runs on.</param>
    /// <exception cref="GroqValidationException">A request cannot stand in a batch; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">A call failed. A file that was uploaded is deleted again as far as possible.</exception>
    public async Task<Batch> SubmitAsync(
        IAsyncEnumerable<BatchItem> items,
        BatchSettings? settings = null,
        IProgress<UploadProgress>? progress = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        settings ??= new BatchSettings();
        BatchRequestRules.CheckWindow(settings.CompletionWindow);
        FileStream input = SpoolFile.Create();
        await using (input.ConfigureAwait(false))
        {
            await BatchInput.WriteAsync(items, input, cancellationToken).ConfigureAwait(false);
            await input.FlushAsync(cancellationToken).ConfigureAwait(false);
            input.Position = 0;
            FileUpload upload = FileUpload.FromStream(input, settings.FileName);
            StoredFile file = await _files
                .UploadAsync(upload, FilePurpose.Batch, progress, options, cancellationToken)
                .ConfigureAwait(false);
            return await CreateAsync(file, settings, options, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="SubmitAsync(IAsyncEnumerable{BatchItem}, BatchSettings?, IProgress{UploadProgress}?, CallOptions?, CancellationToken)"/>
    public Task<Batch> SubmitAsync(
        IEnumerable<BatchItem> items,
        BatchSettings? settings = null,
        IProgress<UploadProgress>? progress = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(items);
        return SubmitAsync(BatchInput.Each(items), settings, progress, options, cancellationToken);
    }

    /// <summary>
    /// Waits until a batch is final. That it failed, expired or was cancelled is an outcome, not an exception, and so is a wait that was too short.
    /// </summary>
    /// <param name="batchId">Its id.</param>
    /// <param name="wait">How often to look, and for how long.</param>
    /// <param name="progress">Is told how the batch stands at each look.</param>
    /// <param name="options">What each call does differently.</param>
    /// <param name="cancellationToken">Ends the wait; the batch runs on.</param>
    /// <exception cref="GroqValidationException">A value of <paramref name="wait"/> is out of range.</exception>
    /// <exception cref="GroqException">A look failed for good, or too many in a row.</exception>
    public Task<BatchOutcome> WaitAsync(
        string batchId,
        BatchWaitOptions? wait = null,
        IProgress<Batch>? progress = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        wait ??= BatchWaitOptions.Default;
        wait.Check();
        Uri uri = One(batchId);
        var waiter = new BatchWaiter(
            token => _http.SendAsync(HttpMethod.Get, uri, null, GroqJson.Context.Batch, options, token),
            wait,
            _http.Time,
            _http.Randomness
        );
        return waiter.WaitAsync(progress, cancellationToken);
    }

    private async Task<Batch> CreateAsync(
        StoredFile file,
        BatchSettings settings,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var request = new BatchRequest
            {
                InputFileId = file.Id,
                Endpoint = settings.Endpoint,
                CompletionWindow = settings.CompletionWindow,
                Metadata = settings.Metadata,
            };
            return await CreateAsync(request, options, cancellationToken).ConfigureAwait(false);
        }
        // Where the answer was lost, the batch may exist, and needs its file.
        catch (GroqException error) when (error is { Status: not null, IsRetryable: false } && file.Id.Length > 0)
        {
            await TryDeleteAsync(file.Id).ConfigureAwait(false);
            throw;
        }
    }

    private async Task TryDeleteAsync(string fileId)
    {
        try
        {
            await _files.DeleteAsync(fileId).ConfigureAwait(false);
        }
        catch (GroqException)
        {
            // The first error is the one to tell of; Groq deletes the file within 30 days.
        }
    }
}
