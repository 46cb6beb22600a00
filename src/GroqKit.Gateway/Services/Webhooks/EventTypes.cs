namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>What the gateway tells by webhook.</summary>
internal static class EventTypes
{
    /// <summary>A provider fails, by its traffic or by a trial call.</summary>
    public const string ProviderDown = "provider.down";

    /// <summary>It works again.</summary>
    public const string ProviderUp = "provider.up";

    /// <summary>A key or an agent has used 80 % of what a day or month allows it.</summary>
    public const string BudgetNear = "budget.near";

    /// <summary>It has used all of it.</summary>
    public const string BudgetUsed = "budget.used";

    /// <summary>A caller's key expires within a week.</summary>
    public const string KeyExpiring = "key.expiring";

    /// <summary>A provider no longer offers a model that it had.</summary>
    public const string ModelRetired = "model.retired";

    /// <summary>A batch is over, well or badly.</summary>
    public const string BatchFinished = "batch.finished";

    /// <summary>Most calls that should go to a provider go to the next one.</summary>
    public const string FallbackStorm = "fallback.storm";

    /// <summary>Deliveries to another target have failed for good, or it said that it is gone.</summary>
    public const string TargetDisabled = "webhook.disabled";

    /// <summary>Sent on request, to see whether a target works.</summary>
    public const string Test = "webhook.test";

    public static readonly string[] All =
    [
        ProviderDown,
        ProviderUp,
        BudgetNear,
        BudgetUsed,
        KeyExpiring,
        ModelRetired,
        BatchFinished,
        FallbackStorm,
        TargetDisabled,
        Test,
    ];
}
