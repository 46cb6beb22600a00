using System.Globalization;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Admin.Usage;

/// <summary>Reads the query of a report, strictly: a name that means nothing would silently widen it.</summary>
internal sealed class UsageQuery
{
    private static readonly string[] FilterNames =
    [
        "requestId",
        "agent",
        "key",
        "provider",
        "model",
        "service",
        "from",
        "to",
        "format",
        "limit",
        "tenant",
    ];

    private readonly IQueryCollection _query;

    /// <param name="request">The request.</param>
    /// <param name="more">Names beside those of every report.</param>
    /// <exception cref="GatewayException">A name is unknown or there twice.</exception>
    public UsageQuery(HttpRequest request, params ReadOnlySpan<string> more)
    {
        _query = request.Query;
        foreach (string name in _query.Keys)
        {
            if (!FilterNames.Contains(name, StringComparer.Ordinal) && !more.Contains(name))
                throw RequestErrors.UnknownQuery(name, [.. FilterNames, .. more]);
            if (_query[name].Count > 1)
                throw RequestErrors.Duplicate(name);
        }
    }

    /// <summary>True for comma-separated values instead of JSON.</summary>
    public bool IsCsv =>
        Text("format") switch
        {
            null or "json" => false,
            "csv" => true,
            _ => throw RequestErrors.WrongValue("format", "must be json or csv"),
        };

    public UsageFilter Filter(string tenant)
    {
        DateTimeOffset? from = Time("from");
        DateTimeOffset? to = Time("to");
        if (from >= to)
            throw RequestErrors.WrongValue("to", "must be later than 'from'");
        return new UsageFilter
        {
            Tenant = tenant,
            RequestId = Text("requestId"),
            Agent = Text("agent"),
            Key = Text("key"),
            Provider = Text("provider"),
            Model = Text("model"),
            Service = Text("service"),
            From = from,
            To = to,
        };
    }

    public int Limit(int fallback, int max)
    {
        if (Text("limit") is not { } text)
            return fallback;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count >= 1
            && count <= max
            ? count
            : throw RequestErrors.WrongValue("limit", $"must be a whole number from 1 to {max}");
    }

    /// <summary>Where the page before this one ended.</summary>
    public UsagePlace? After()
    {
        if (Text("after") is not { } text)
            return null;
        return UsagePlace.TryParse(text, out UsagePlace place)
            ? place
            : throw RequestErrors.WrongValue("after", "must be 'next' of the page before");
    }

    public IReadOnlyList<UsageGroup> Groups()
    {
        var groups = new List<UsageGroup>();
        foreach (string name in Text("groupBy")?.Split(',') ?? [])
        {
            bool known = Enum.TryParse(name, ignoreCase: true, out UsageGroup group) && !char.IsAsciiDigit(name[0]);
            if (!known)
                throw RequestErrors.WrongValue(
                    "groupBy",
                    $"must be some of {string.Join(", ", Enum.GetNames<UsageGroup>()).ToLowerInvariant()}, with commas between them"
                );
            if (groups.Contains(group))
                throw RequestErrors.Duplicate("groupBy");
            groups.Add(group);
        }
        return groups;
    }

    private string? Text(string name) => _query[name] is [{ Length: > 0 } text] ? text : null;

    private DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time
        )
            ? time
            : throw RequestErrors.WrongValue(
                name,
                "must be a day or a time, for example 2026-11-21 or 2026-11-21T10:00:00Z"
            );
    }
}
