using System.Collections.Concurrent;
using System.Text;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>A receiver without a network, which answers as the test says and keeps what it got.</summary>
internal sealed class WebhookReceiver(Func<int, SendResult> answer) : IWebhookSender
{
    private readonly ConcurrentQueue<Dictionary<string, string>> _headers = new();

    /// <summary>The headers of each message, in the order of arrival.</summary>
    public IReadOnlyList<Dictionary<string, string>> Messages => [.. _headers];

    public Dictionary<string, byte[]> Bodies { get; } = [];

    public Task<SendResult> SendAsync(
        Uri url,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var named = headers.ToDictionary(header => header.Key, header => header.Value);
        Bodies[named[WebhookHeaders.Id]] = body.ToArray();
        _headers.Enqueue(named);
        return Task.FromResult(answer(_headers.Count));
    }

    public string BodyOf(string id) => Encoding.UTF8.GetString(Bodies[id]);
}
