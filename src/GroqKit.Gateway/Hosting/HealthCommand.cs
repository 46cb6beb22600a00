using System.Diagnostics.CodeAnalysis;

namespace GroqKit.Gateway.Hosting;

/// <summary>The command that asks a running gateway whether it is ready: <c>health</c>, for containers that have no other program to ask with.</summary>
internal static class HealthCommand
{
    private const string DefaultAddress = "http://127.0.0.1:8080";
    private const string Usage = $"Usage: health [{DefaultAddress}]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static bool IsMeant(string[] args) => args is ["health", ..];

    /// <returns>The exit code: 0 when it is ready, 1 when it isn't or doesn't answer within 3 seconds, 2 for a command that can't be meant.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args.Length > 2 || !IsAddress(args.ElementAtOrDefault(1) ?? DefaultAddress, out Uri? gateway))
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using HttpResponseMessage answer = await client.GetAsync(new Uri(gateway, "/health/ready"));
            await output.WriteLineAsync(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await errors.WriteLineAsync($"{gateway} does not answer: {failure.Message}");
            return 1;
        }
    }

    private static bool IsAddress(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
