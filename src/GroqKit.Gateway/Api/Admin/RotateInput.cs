using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>The body of calls that exchange a secret, which may be left out.</summary>
internal static class RotateInput
{
    private const int MaxOverlapSeconds = 30 * 24 * 3600;
    private const int DefaultOverlapSeconds = 24 * 3600;

    /// <summary>How long the old secret works on: a day where the caller doesn't say.</summary>
    public static async Task<TimeSpan> OverlapAsync(AdminCall call)
    {
        bool empty = call.Context.Request.ContentLength == 0 || !HasBody(call);
        int overlap = empty
            ? DefaultOverlapSeconds
            : (await call.ReadAsync()).Only("overlapSeconds").Whole("overlapSeconds", 0, MaxOverlapSeconds)
                ?? DefaultOverlapSeconds;
        return TimeSpan.FromSeconds(overlap);
    }

    private static bool HasBody(AdminCall call) =>
        call.Context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
}
