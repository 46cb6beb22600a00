using System.Runtime.CompilerServices;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <content>From a batch that is done to its results.</content>
public sealed partial class BatchesClient
{
    /// <summary>
    /// Reads results as they stand in the batch's files, one in memory at a time: first those that succeeded, then the errors. Their order is not
    /// that of the requests.
    /// </summary>
    /// <param name="batch">A batch with results; one without gives none.</param>
    /// <param name="options">What each call does differently.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GroqException">A call failed, or a file broke off.</exception>
    public async IAsyncEnumerable<BatchResult> ReadResultsAsync(
        Batch batch,
        CallOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (string fileId in ResultFiles(batch))
        {
            ContentStream content = await _files
                .OpenContentAsync(fileId, options, cancellationToken)
                .ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var lines = new JsonLineReader(content);
                while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return BatchResultParser.Parse(lines.Current);
            }
        }
    }

    /// <summary>
    /// Reads results in the order of the requests, each with its position. They pass through a temporary file; in memory are only the ids. A request
    /// without a result has an error with the code <c>result_missing</c>; results that belong to no request come last, without a position.
    /// </summary>
    /// <param name="batch">A batch with results.</param>
    /// <param name="customIds">The ids in the wanted order. Default: that of the batch's input, which is read again.</param>
    /// <param name="options">What each call does differently.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GroqException">A call failed, or a file broke off.</exception>
    public async IAsyncEnumerable<BatchResult> ReadResultsInOrderAsync(
        Batch batch,
        IEnumerable<string>? customIds = null,
        CallOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(batch);
        var spool = new BatchResultSpool();
        await using (spool.ConfigureAwait(false))
        {
            foreach (string fileId in ResultFiles(batch))
            {
                ContentStream content = await _files
                    .OpenContentAsync(fileId, options, cancellationToken)
                    .ConfigureAwait(false);
                await using (content.ConfigureAwait(false))
                    await spool.AddAsync(content, cancellationToken).ConfigureAwait(false);
            }
            int position = 0;
            IAsyncEnumerable<string> ids = customIds is null
                ? ReadIdsAsync(batch.InputFileId, options, cancellationToken)
                : BatchInput.Each(customIds);
            await foreach (string id in ids.ConfigureAwait(false))
            {
                BatchResult result = await spool.TakeAsync(id, cancellationToken).ConfigureAwait(false);
                result.Position = position++;
                yield return result;
            }
            await foreach (BatchResult rest in spool.RestAsync(cancellationToken).ConfigureAwait(false))
                yield return rest;
        }
    }

    private static IEnumerable<string> ResultFiles(Batch batch) =>
        new[] { batch.OutputFileId, batch.ErrorFileId }.Where(id => id is { Length: > 0 }).Select(id => id!);

    private async IAsyncEnumerable<string> ReadIdsAsync(
        string inputFileId,
        CallOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ContentStream input = await _files
            .OpenContentAsync(inputFileId, options, cancellationToken)
            .ConfigureAwait(false);
        await using (input.ConfigureAwait(false))
        {
            var lines = new JsonLineReader(input);
            while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (BatchResultParser.FindCustomId(lines.Current.Span) is { } id)
                    yield return id;
            }
        }
    }
}
