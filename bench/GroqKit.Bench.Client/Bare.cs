using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace GroqKit.Bench.Client;

/// <summary>The least that .NET can do: an HttpClient, generated JSON, the platform's reader of events. No check, no retry, no typed error.</summary>
internal sealed class Bare(HttpClient http, Uri address) : ICompetitor
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeWithQualityHeaderValue AcceptEvents = new("text/event-stream");
    private static readonly AuthenticationHeaderValue Key = new("Bearer", "gsk_bench");

    private readonly Uri _completions = new(address, "chat/completions");

    public string Name => "bare HttpClient";

    public async Task<int> ChatAsync()
    {
        using HttpRequestMessage request = Request(stream: null);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync();
        BareAnswer? answer = await JsonSerializer.DeserializeAsync(body, BareJson.Default.BareAnswer);
        return answer!.Choices[0].Message!.Content!.Length;
    }

    public async Task<int> StreamAsync()
    {
        int pieces = 0;
        using HttpRequestMessage request = Request(stream: true);
        request.Headers.Accept.Add(AcceptEvents);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync();
        SseParser<BareAnswer?> events = SseParser.Create(
            body,
            static (_, data) =>
                data.SequenceEqual("[DONE]"u8) ? null : JsonSerializer.Deserialize(data, BareJson.Default.BareAnswer)
        );
        await foreach (SseItem<BareAnswer?> item in events.EnumerateAsync())
        {
            if (item.Data?.Choices is [{ Delta.Content.Length: > 0 }, ..])
                pieces++;
        }
        return pieces;
    }

    private HttpRequestMessage Request(bool? stream)
    {
        var body = new BareRequest
        {
            Model = Canned.Model,
            Messages =
            [
                new BareMessage { Role = "system", Content = "Be brief." },
                new BareMessage { Role = "user", Content = "Why do fast language models matter?" },
            ],
            Temperature = 0.2,
            Stream = stream,
        };
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, BareJson.Default.BareRequest));
        content.Headers.ContentType = Json;
        var request = new HttpRequestMessage(HttpMethod.Post, _completions) { Content = content };
        request.Headers.Authorization = Key;
        return request;
    }
}
