using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GroqKit.Files;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <summary>Results in a file of their own, found by the request's id. Only ids and places are in memory.</summary>
internal sealed class BatchResultSpool : IAsyncDisposable
{
    private readonly FileStream _file = SpoolFile.Create();
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly List<Place> _others = [];
    private long _length;

    /// <summary>Adds the lines of one file of results.</summary>
    public async Task AddAsync(Stream results, CancellationToken cancellationToken)
    {
        var lines = new JsonLineReader(results);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var place = new Place(_length, lines.Current.Length);
            // A second result for one id, or a line without one, must not be lost.
            if (BatchResultParser.FindCustomId(lines.Current.Span) is not { } id || !_places.TryAdd(id, place))
                _others.Add(place);
            await _file.WriteAsync(lines.Current, cancellationToken).ConfigureAwait(false);
            _length += place.Length;
        }
        await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The result of a request; each can be taken once.</summary>
    public async Task<BatchResult> TakeAsync(string customId, CancellationToken cancellationToken) =>
        _places.Remove(customId, out Place place)
            ? await ReadAsync(place, cancellationToken).ConfigureAwait(false)
            : BatchResultParser.Missing(customId);

    /// <summary>What no request has taken.</summary>
    public async IAsyncEnumerable<BatchResult> RestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Place place in _places.Values.Concat(_others).OrderBy(place => place.Offset).ToArray())
            yield return await ReadAsync(place, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private async Task<BatchResult> ReadAsync(Place place, CancellationToken cancellationToken)
    {
        byte[] line = new byte[place.Length];
        _file.Position = place.Offset;
        await _file.ReadExactlyAsync(line, cancellationToken).ConfigureAwait(false);
        return BatchResultParser.Parse(line);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(long Offset, int Length);
}
