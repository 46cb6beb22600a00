namespace GroqKit.Gateway.Services.Storage;

/// <summary>Who changes what: one entry of the audit log.</summary>
/// <param name="At">When.</param>
/// <param name="Tenant">Whose configuration it is.</param>
/// <param name="Actor">The id of the key that asked for it.</param>
/// <param name="Action">For example <c>agents.update</c>.</param>
/// <param name="Target">For example <c>agents/support</c>.</param>
/// <param name="Details">What was set, as a JSON object; never a secret.</param>
/// <param name="RequestId">The <c>x-request-id</c> of the call that asked for it.</param>
internal sealed record Change(
    DateTimeOffset At,
    string Tenant,
    string Actor,
    string Action,
    string Target,
    string Details,
    string RequestId
);
