namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Sends messages to addresses that users named.</summary>
internal interface IWebhookSender
{
    /// <summary>Posts a body. Never throws for what the receiver does; redirects aren't followed.</summary>
    Task<SendResult> SendAsync(
        Uri url,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    );
}
