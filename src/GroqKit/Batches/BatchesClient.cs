using System.Runtime.CompilerServices;
using GroqKit.Errors;
using GroqKit.Files;
using GroqKit.Http;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <summary>Many requests at once, done within a day or a week at half the price. Paid plans only. Safe for all threads.</summary>
public sealed partial class BatchesClient
{
    private const string Path = "openai/v1/batches";
    private const int MaxCursorLength = 4096;
    private const int MaxIds = 200;

    private readonly GroqHttp _http;
    private readonly FilesClient _files;
    private readonly Uri _list;

    internal BatchesClient(GroqHttp http, FilesClient files)
    {
        _http = http;
        _files = files;
        _list = http.Resolve(Path);
    }

    /// <summary>Creates a batch from an uploaded file.</summary>
    /// <param name="request">The file, and how long it may take.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<Batch> CreateAsync(
        BatchRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        BatchRequestRules.Check(request);
        byte[] body = RequestJson.Write(request, GroqJson.Context.BatchRequest);
        return _http.SendAsync(HttpMethod.Post, _list, body, GroqJson.Context.Batch, options, cancellationToken);
    }

    /// <summary>Gets a batch as it is now.</summary>
    /// <param name="batchId">Its id.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<Batch> GetAsync(
        string batchId,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _http.SendAsync(HttpMethod.Get, One(batchId), null, GroqJson.Context.Batch, options, cancellationToken);

    /// <summary>Begins to cancel a batch, which takes up to 10 minutes. Requests that are done keep their results.</summary>
    /// <param name="batchId">Its id.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<Batch> CancelAsync(
        string batchId,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Rules.CheckId("batch_id", batchId);
        Uri uri = _http.Resolve($"{Path}/{Uri.EscapeDataString(batchId)}/cancel");
        return _http.SendAsync(HttpMethod.Post, uri, null, GroqJson.Context.Batch, options, cancellationToken);
    }

    /// <summary>Lists one page of batches.</summary>
    /// <param name="cursor">The <see cref="BatchPage.NextCursor"/> of the page before. Default: the first page.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<BatchPage> ListPageAsync(
        string? cursor = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        if (cursor is "" or { Length: > MaxCursorLength } || HalfPairs.IsIn(cursor))
            throw Rules.Invalid(nameof(cursor), $"must be a text of 1 to {MaxCursorLength} characters, or null.");
        Uri uri = cursor is null ? _list : _http.Resolve($"{Path}?cursor={Uri.EscapeDataString(cursor)}");
        return _http.SendAsync(HttpMethod.Get, uri, null, GroqJson.Context.BatchPage, options, cancellationToken);
    }

    /// <summary>Lists all batches, a page at a time as they are enumerated.</summary>
    /// <param name="options">What each call does differently.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="GroqException">A call failed, or the server gave the same cursor twice.</exception>
    public async IAsyncEnumerable<Batch> ListAsync(
        CallOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        string? cursor = null;
        while (true)
        {
            BatchPage page = await ListPageAsync(cursor, options, cancellationToken).ConfigureAwait(false);
            foreach (Batch batch in page.Data ?? [])
                yield return batch;
            if (page.NextCursor is not { Length: > 0 } next)
                yield break;
            if (next == cursor)
                throw new GroqServerException("The list does not go on: the same cursor came twice.");
            cursor = next;
        }
    }

    /// <summary>Gets several batches in one call.</summary>
    /// <param name="batchIds">1 to 200 ids.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<BatchPage> GetManyAsync(
        IReadOnlyList<string> batchIds,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        if (batchIds is not { Count: > 0 and <= MaxIds })
            throw Rules.Invalid("id", $"must have 1 to {MaxIds} entries.");
        for (int i = 0; i < batchIds.Count; i++)
            Rules.CheckId($"id[{i}]", batchIds[i]);
        string query = string.Join('&', batchIds.Select(id => $"id={Uri.EscapeDataString(id)}"));
        Uri uri = _http.Resolve($"{Path}?{query}");
        return _http.SendAsync(HttpMethod.Get, uri, null, GroqJson.Context.BatchPage, options, cancellationToken);
    }

    private Uri One(string batchId)
    {
        Rules.CheckId("batch_id", batchId);
        return _http.Resolve($"{Path}/{Uri.EscapeDataString(batchId)}");
    }
}
