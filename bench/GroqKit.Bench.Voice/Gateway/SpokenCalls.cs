using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;

namespace GroqKit.Bench.Voice.Gateway;

/// <summary>Callers who talk to an agent of a gateway, and what each turn took beyond the agent's providers.</summary>
internal sealed class SpokenCalls(Uri gateway, string key, KnownProviders providers) : ITalk, IDisposable
{
    private const string Agent = "bench";

    private readonly HttpClient _http = new(new SocketsHttpHandler())
    {
        BaseAddress = gateway,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public void Dispose() => _http.Dispose();

    /// <summary>Makes the agent that is talked to.</summary>
    public async Task PrepareAsync()
    {
        using HttpResponseMessage made = await _http.PostAsJsonAsync("/api/agents", new { name = Agent });
        made.EnsureSuccessStatusCode();
        foreach (
            (string service, string model) in new[]
            {
                ("stt", "whisper-large-v3-turbo"),
                ("llm", "openai/gpt-oss-20b"),
                ("tts", "canopylabs/orpheus-v1-english"),
            }
        )
        {
            using HttpResponseMessage put = await _http.PutAsJsonAsync(
                $"/api/agents/{Agent}/providers/{service}",
                new { provider = "groq", model }
            );
            put.EnsureSuccessStatusCode();
        }
    }

    public async Task<TurnCost> TalkAsync()
    {
        var speech = new SpeechContent(Turns.Question);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/agents/{Agent}/voice") { Content = speech };
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        TimeSpan? first = null;
        TimeSpan own = TimeSpan.Zero;
        TimeSpan gap = TimeSpan.Zero;
        int pieces = 0;
        string transcript = "";
        bool done = false;
        Stream body = await answer.Content.ReadAsStreamAsync();
        await foreach (SseItem<TurnEvent> item in SseParser.Create(body, TurnEvent.Read).EnumerateAsync())
        {
            TimeSpan now = TimeProvider.System.GetElapsedTime(speech.EndedAt);
            TurnEvent happened = item.Data;
            switch (item.EventType)
            {
                case "transcript.done":
                    transcript = happened.Text!;
                    break;
                case "audio.delta":
                    if (first is null)
                        own = now - providers.Passed(transcript);
                    first ??= now;
                    pieces = happened.Piece + 1;
                    // What a caller who plays from the first sound on would wait for this one.
                    TimeSpan late = now - first.Value - happened.Offset;
                    gap = late > gap ? late : gap;
                    break;
                case "error":
                    throw new InvalidOperationException(happened.Text);
                case "turn.done":
                    done = true;
                    break;
            }
        }
        return done && pieces >= 3
            ? new TurnCost(own, gap)
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"A turn has {pieces} pieces and ends: {done}.")
            );
    }
}
