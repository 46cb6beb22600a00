using GroqKit.Gateway.Services.Errors;
using Microsoft.Net.Http.Headers;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>What a caller takes, by the <c>Accept</c> header: media types and ranges of them, each with its weight. Immutable.</summary>
internal sealed class AcceptedTypes
{
    // Each is held against each; nobody needs more.
    private const int Most = 64;
    private const int MostShown = 16;

    private readonly IList<MediaTypeHeaderValue> _ranges;

    private AcceptedTypes(IList<MediaTypeHeaderValue> ranges) => _ranges = ranges;

    /// <summary>The types that stand there without a star, in the caller's order, parameters included.</summary>
    public IEnumerable<string> Named =>
        _ranges
            .Where(range => !range.MatchesAllSubTypes)
            .Select(range => WithoutWeight(range))
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="GatewayException">The header can't be read.</exception>
    public static AcceptedTypes Read(HttpRequest request)
    {
        string[] accept = [.. request.Headers.Accept.OfType<string>()];
        if (accept.All(string.IsNullOrWhiteSpace))
            return new AcceptedTypes([new MediaTypeHeaderValue("*/*")]);
        if (!MediaTypeHeaderValue.TryParseStrictList(accept, out IList<MediaTypeHeaderValue>? ranges))
            throw RequestErrors.WrongValue("accept", "can't be read: it has to be a list of media types");
        return ranges.Count <= Most
            ? new AcceptedTypes(ranges)
            : throw RequestErrors.WrongValue("accept", $"names more than {Most} media types");
    }

    /// <summary>The best of what there is: by weight, then by how exactly it was named, then by the caller's order, then by ours.</summary>
    /// <param name="offers">What there is, the most usual first.</param>
    /// <param name="typeOf">The media type of an offer.</param>
    /// <returns>Null when nothing of it is taken.</returns>
    public T? Find<T>(IEnumerable<T> offers, Func<T, string> typeOf)
        where T : class
    {
        T? best = null;
        (double Weight, int Exactness, int Place) bestRank = default;
        foreach (T offer in offers)
        {
            (double Weight, int Exactness, int Place) rank = RankOf(typeOf(offer));
            if (rank.Weight > 0 && rank.CompareTo(bestRank) > 0)
                (best, bestRank) = (offer, rank);
        }
        return best;
    }

    /// <summary>The same, where there has to be one.</summary>
    /// <exception cref="GatewayException">Nothing of it is taken.</exception>
    public T Choose<T>(IReadOnlyCollection<T> offers, Func<T, string> typeOf)
        where T : class =>
        Find(offers, typeOf)
        ?? throw RequestErrors.NotAcceptable(
            string.Join(", ", _ranges.Take(MostShown)),
            offers.Select(typeOf).Distinct(StringComparer.OrdinalIgnoreCase)
        );

    // The range that fits most exactly has the word: */* does not bring back what another range takes away.
    private (double Weight, int Exactness, int Place) RankOf(string type)
    {
        var parsed = MediaTypeHeaderValue.Parse(type);
        (double Weight, int Exactness, int Place) best = default;
        for (int place = 0; place < _ranges.Count; place++)
        {
            MediaTypeHeaderValue range = _ranges[place];
            int exactness =
                WithoutWeight(range).Equals(type, StringComparison.OrdinalIgnoreCase) ? 4
                : range.MediaType.Equals(parsed.MediaType, StringComparison.OrdinalIgnoreCase)
                    ? (HasRate(range) ? 0 : 3)
                : range.MatchesAllTypes ? 1
                : range.MatchesAllSubTypes && range.Type.Equals(parsed.Type, StringComparison.OrdinalIgnoreCase) ? 2
                : 0;
            if (exactness > best.Exactness)
                best = (range.Quality ?? 1, exactness, -place);
        }
        return best;
    }

    // Of other parameters nothing depends here.
    private static bool HasRate(MediaTypeHeaderValue range) =>
        range.Parameters.Any(one => one.Name.Equals("rate", StringComparison.OrdinalIgnoreCase));

    private static string WithoutWeight(MediaTypeHeaderValue range)
    {
        MediaTypeHeaderValue copy = range;
        if (range.Quality is not null)
        {
            copy = range.Copy();
            copy.Quality = null;
        }
        return copy.ToString().Replace("\"", "", StringComparison.Ordinal);
    }
}
