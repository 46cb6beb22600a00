namespace GroqKit.Gateway.Services.Limits;

/// <summary>Limits that can't be meant as written.</summary>
/// <param name="field">The field at fault, for example <c>limits.requests.minute</c>.</param>
/// <param name="reason">What is wrong, to be read after the field's name.</param>
internal sealed class LimitPolicyException(string field, string reason) : Exception($"'{field}' {reason}.")
{
    public string Field { get; } = field;

    public string Reason { get; } = reason;
}
