using GroqKit.Gateway.Services.Errors;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Dashboard.Forms;

/// <summary>A form that was sent and refused, or that asked for a look at its answer: shown again with what was in it.</summary>
/// <param name="Name">Which of the page's forms.</param>
/// <param name="Values">What was in its fields.</param>
/// <param name="Refusal">What is wrong; null when nothing is.</param>
/// <param name="Answer">The route's answer, where the page shows it; null otherwise.</param>
internal sealed record PostedForm(
    string Name,
    IReadOnlyDictionary<string, StringValues> Values,
    GatewayError? Refusal,
    System.Text.Json.JsonElement? Answer
)
{
    /// <summary>What was in a field; null when it wasn't sent.</summary>
    public string? Value(string name) => Values.TryGetValue(name, out StringValues values) ? values[^1] : null;

    /// <summary>Whether there is a field for a place in the body.</summary>
    public bool Has(string place) => Values.Keys.Any(name => FormBody.PlaceOf(name) == place);
}
