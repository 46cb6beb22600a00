using System.Net.Http.Headers;
using System.Text;

namespace GroqKit.Bench.Gateway;

/// <summary>Reads several streams at once and notes when each chunk came.</summary>
internal sealed class StreamReaders(Uri target, string key, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    /// <summary>The first round warms connections and code and is not counted.</summary>
    public async Task<ChunkTimes> ReadAsync(string body, int streams, int rounds)
    {
        var times = new ChunkTimes();
        for (int round = 0; round <= rounds; round++)
        {
            var all = await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => ReadOneAsync(body)));
            foreach ((List<long> sent, List<long> read) in round == 0 ? [] : all)
                times.Add(sent, read, time.TimestampFrequency / 1e6);
        }
        return times;
    }

    public void Dispose() => _invoker.Dispose();

    private async Task<(List<long> Sent, List<long> Read)> ReadOneAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, "/openai/v1/chat/completions"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _invoker.SendAsync(request, CancellationToken.None);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{target} answered {(int)answer.StatusCode}");

        await using Stream stream = await answer.Content.ReadAsStreamAsync();
        List<long> sent = [];
        List<long> read = [];
        byte[] buffer = new byte[64 * 1024];
        int kept = 0;
        while (await stream.ReadAsync(buffer.AsMemory(kept)) is > 0 and var count)
        {
            long now = time.GetTimestamp();
            TimedChunk.Read(buffer.AsSpan(0, kept + count), sent, out int rest);
            while (read.Count < sent.Count)
                read.Add(now);
            buffer.AsSpan(rest, kept + count - rest).CopyTo(buffer);
            kept = kept + count - rest;
        }
        if (sent.Count == 0)
            throw new HttpRequestException($"{target} sent a stream without chunks");
        return (sent, read);
    }
}
