using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>One permitted call of the admin API.</summary>
/// <param name="Context">The request and its answer.</param>
/// <param name="Actor">Who asks, and for which tenant.</param>
/// <param name="Bodies">Reads the request's body.</param>
internal readonly record struct AdminCall(HttpContext Context, Actor Actor, AdminBody Bodies)
{
    private const int DefaultPage = 50;
    private const int MaxPage = 500;

    private static readonly string[] PageNames = ["after", "limit", "tenant"];

    public CancellationToken Cancelled => Context.RequestAborted;

    /// <summary>A part of the path; routing leaves it encoded only where it holds a slash.</summary>
    public string Value(string name) => (string)Context.Request.RouteValues[name]!;

    /// <summary>A query parameter; null where it is absent or empty.</summary>
    /// <exception cref="GatewayException">It is there more than once.</exception>
    public string? Query(string name)
    {
        var values = Context.Request.Query[name];
        return values.Count > 1 ? throw RequestErrors.Duplicate(name)
            : string.IsNullOrEmpty(values) ? null
            : values.ToString();
    }

    // Secrets in base64 are copied from here by hand, plus signs and all; nobody reads this as HTML.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many items to list: 1 to 500, 50 by default.</summary>
    /// <param name="filters">What the list can be narrowed by; any other name would silently widen it.</param>
    /// <exception cref="GatewayException">It is no such number, or the query has a name that means nothing.</exception>
    public int PageSize(params ReadOnlySpan<string> filters)
    {
        foreach (string name in Context.Request.Query.Keys)
        {
            if (!PageNames.Contains(name, StringComparer.Ordinal) && !filters.Contains(name))
                throw RequestErrors.UnknownQuery(name, [.. PageNames, .. filters]);
        }
        if (Query("limit") is not { } text)
            return DefaultPage;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is > 0 and <= MaxPage
            ? count
            : throw RequestErrors.WrongValue("limit", $"must be a whole number from 1 to {MaxPage}");
    }

    /// <summary>The version that the caller last saw, from <c>If-Match</c>; null where it doesn't care.</summary>
    /// <exception cref="GatewayException">It isn't a tag that this API gives out.</exception>
    public long? ExpectedVersion()
    {
        string? tag = Context.Request.Headers.IfMatch;
        if (string.IsNullOrEmpty(tag) || tag == "*")
            return null;
        return
            tag is ['"', .. var inner, '"']
            && long.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? version
            : throw RequestErrors.WrongValue("if-match", "must be an ETag as this API sends it, for example \"3\"");
    }

    public Task<JsonInput> ReadAsync() => Bodies.ReadAsync(Context.Request);

    /// <summary>Answers with one record and its version.</summary>
    public async Task AnswerAsync<T>(int status, T value, JsonTypeInfo<T> type, long? version = null)
    {
        if (version is { } number)
            Context.Response.Headers.ETag = $"\"{number}\"";
        Context.Response.StatusCode = status;
        Context.Response.Headers.CacheControl = "no-store";
        Context.Response.ContentType = "application/json";
        Context.Response.Headers.XContentTypeOptions = "nosniff";
        await using var json = new Utf8JsonWriter(Context.Response.BodyWriter, Plain);
        JsonSerializer.Serialize(json, value, type);
        await json.FlushAsync(Cancelled);
    }

    public Task AnswerNothingAsync()
    {
        Context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
