namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Whether a message is new.</summary>
internal enum ReceiptVerdict
{
    New,

    /// <summary>Its sender sent it again, later, as it does when our answer was lost.</summary>
    Repeated,

    /// <summary>The same bytes a second time: someone plays back what they saw.</summary>
    Replayed,
}
