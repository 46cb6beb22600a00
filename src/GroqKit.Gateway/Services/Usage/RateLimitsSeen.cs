using System.Globalization;
using System.Net.Http.Headers;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>What the last answer of Groq said is left of the gateway's own limits there. Thread-safe.</summary>
internal sealed class RateLimitsSeen
{
    private const string RequestsHeader = "x-ratelimit-remaining-requests";
    private const string TokensHeader = "x-ratelimit-remaining-tokens";
    private const long Unknown = -1;

    private long _requests = Unknown;
    private long _tokens = Unknown;

    public long? Requests => Known(ref _requests);

    public long? Tokens => Known(ref _tokens);

    public void Note(HttpResponseHeaders headers)
    {
        Read(headers, RequestsHeader, ref _requests);
        Read(headers, TokensHeader, ref _tokens);
    }

    private static void Read(HttpResponseHeaders headers, string name, ref long into)
    {
        if (
            headers.NonValidated.TryGetValues(name, out HeaderStringValues values)
            && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long left)
        )
            Volatile.Write(ref into, left);
    }

    private static long? Known(ref long value) => Volatile.Read(ref value) is var known and not Unknown ? known : null;
}
