using System.Net.Http.Json;
using System.Text.Json;
using GroqKit.Simulator.Hosting;

await using SimulatorServer groq = await SimulatorServer.StartAsync();
using var client = new HttpClient { BaseAddress = groq.BaseAddress };
client.DefaultRequestHeaders.Authorization = new("Bearer", "any");

using HttpResponseMessage whole = await AskAsync(stream: false);
using JsonDocument answer = JsonDocument.Parse(await whole.Content.ReadAsStringAsync());
Console.WriteLine(
    answer.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()
);

int pieces = 0;
using HttpResponseMessage streamed = await AskAsync(stream: true);
foreach (string line in (await streamed.Content.ReadAsStringAsync()).Split('\n'))
{
    if (!line.StartsWith("data: {", StringComparison.Ordinal))
        continue;
    using JsonDocument chunk = JsonDocument.Parse(line["data: ".Length..]);
    foreach (JsonElement choice in chunk.RootElement.GetProperty("choices").EnumerateArray())
    {
        if (!choice.GetProperty("delta").TryGetProperty("content", out JsonElement text))
            continue;
        Console.Write(text.GetString());
        pieces += string.IsNullOrEmpty(text.GetString()) ? 0 : 1;
    }
}

Console.WriteLine();
Console.WriteLine(pieces);

async Task<HttpResponseMessage> AskAsync(bool stream) =>
    await client.PostAsJsonAsync(
        "openai/v1/chat/completions",
        new
        {
            model = "openai/gpt-oss-20b",
            stream,
            messages = new[] { new { role = "user", content = "Say hello." } },
        }
    );
