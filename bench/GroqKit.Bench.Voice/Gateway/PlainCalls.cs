using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace GroqKit.Bench.Voice.Gateway;

/// <summary>
/// The same turn by a caller who does without a gateway: one call to hear, one to answer, and two to speak, straight to the providers. What is left of
/// its time is what HTTP, the callers and the acted providers take on this machine, whoever stands between them.
/// </summary>
internal sealed class PlainCalls(Uri address, KnownProviders providers) : ITalk, IDisposable
{
    private const int FirstSound = 4 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = address };

    public void Dispose() => _http.Dispose();

    public async Task<TurnCost> TalkAsync()
    {
        var speech = new SpeechContent(Turns.Question);
        string transcript = await HearAsync(speech);
        var answer = new StringBuilder();
        Task<TimeSpan>? first = null;
        await foreach (string words in AnswerAsync(transcript))
        {
            answer.Append(words);
            if (first is not null || words[^2..] != ", ")
                continue;
            first = SpeakAsync(answer.ToString(), speech);
            answer.Clear();
        }
        await SpeakAsync(answer.ToString(), speech);
        return new TurnCost(await first! - providers.Passed(transcript), TimeSpan.Zero);
    }

    private async Task<string> HearAsync(SpeechContent speech)
    {
        using HttpResponseMessage heard = await _http.PostAsync("/audio/transcriptions", speech);
        using JsonDocument json = JsonDocument.Parse(await heard.Content.ReadAsByteArrayAsync());
        return json.RootElement.GetProperty("text").GetString()!;
    }

    private async IAsyncEnumerable<string> AnswerAsync(string transcript)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/completions")
        {
            Content = JsonContent.Create(new { messages = new[] { new { role = "user", content = transcript } } }),
        };
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await foreach (
            SseItem<string> item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync()
        )
        {
            if (item.Data == "[DONE]")
                continue;
            using JsonDocument json = JsonDocument.Parse(item.Data);
            string words = json
                .RootElement.GetProperty("choices")[0]
                .GetProperty("delta")
                .GetProperty("content")
                .GetString()!;
            if (words.Length > 1)
                yield return words;
        }
    }

    private async Task<TimeSpan> SpeakAsync(string text, SpeechContent speech)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/audio/speech")
        {
            Content = JsonContent.Create(new { input = text }),
        };
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Stream sound = await answer.Content.ReadAsStreamAsync();
        await sound.ReadExactlyAsync(new byte[FirstSound]);
        TimeSpan first = TimeProvider.System.GetElapsedTime(speech.EndedAt);
        await sound.CopyToAsync(Stream.Null);
        return first;
    }
}
