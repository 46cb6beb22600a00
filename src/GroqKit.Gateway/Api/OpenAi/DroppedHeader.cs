namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Tells the caller which of its parameters the provider that answers did not get, or got in other words.</summary>
internal static class DroppedHeader
{
    public static void Tell(HttpResponse response, IReadOnlyList<string> changes)
    {
        if (changes.Count > 0)
            response.Headers[GatewayHeaders.Dropped] = string.Join(", ", changes);
        else
            response.Headers.Remove(GatewayHeaders.Dropped);
    }

    /// <summary>One more, behind those that were told.</summary>
    public static void Add(HttpResponse response, string change) =>
        response.Headers[GatewayHeaders.Dropped] = response.Headers[GatewayHeaders.Dropped] is [{ } changes]
            ? $"{changes}, {change}"
            : change;
}
