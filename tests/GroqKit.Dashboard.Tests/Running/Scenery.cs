using System.Text.Json.Nodes;

namespace GroqKit.Dashboard.Tests.Running;

/// <summary>Something to see on every page.</summary>
internal static class Scenery
{
    private static readonly SemaphoreSlim Gate = new(1);

    /// <summary>The same, where tests share a gateway.</summary>
    public static async Task BuildOnceAsync(DashboardStand stand)
    {
        await Gate.WaitAsync();
        try
        {
            JsonNode agents = await stand.SendAsync(HttpMethod.Get, "/api/agents");
            if (agents["items"]!.AsArray().All(agent => (string)agent!["name"]! != "support"))
                await BuildAsync(stand);
        }
        finally
        {
            Gate.Release();
        }
    }

    public static async Task BuildAsync(DashboardStand stand)
    {
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/agents",
            """{"name":"support","description":"Answers customers","llm":{"provider":"simulator","model":"openai/gpt-oss-120b","config":{"temperature":0.2},"fallback":[{"provider":"simulator","model":"openai/gpt-oss-20b"}]},"stt":{"provider":"simulator","model":"whisper-large-v3-turbo"},"tts":{"provider":"simulator","model":"canopylabs/orpheus-v1-english"}}"""
        );
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/agents",
            """{"name":"summaries","description":"Sums up long texts","llm":{"provider":"simulator","model":"openai/gpt-oss-20b"}}"""
        );
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/keys",
            """{"name":"website","role":"caller","limits":{"requests":{"minute":100},"cost":{"month":50}}}"""
        );
        for (int i = 0; i < 12; i++)
            await stand.ChatAsync(i % 3 == 0 ? "agent/summaries" : "agent/support");
    }
}
