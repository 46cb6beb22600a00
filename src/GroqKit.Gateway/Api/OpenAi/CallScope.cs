using System.Collections;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Whose call a line of the log is about, for logs that keep it apart from the text.</summary>
internal sealed class CallScope(RequestMeter meter) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _members =
    [
        new("requestId", meter.RequestId),
        new("tenant", meter.Caller.Tenant),
        new("key", meter.Caller.Name),
        new("agent", meter.Agent),
        new("provider", meter.Provider),
        new("model", meter.Model),
    ];

    public int Count => _members.Length;

    public KeyValuePair<string, object?> this[int index] => _members[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, object?>>)_members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"requestId:{meter.RequestId}";
}
