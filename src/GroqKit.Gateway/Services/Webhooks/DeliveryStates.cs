namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Where a delivery stands.</summary>
internal static class DeliveryStates
{
    public const string Pending = "pending";

    public const string Delivered = "delivered";

    /// <summary>Given up; it can be sent again by hand.</summary>
    public const string Failed = "failed";
}
