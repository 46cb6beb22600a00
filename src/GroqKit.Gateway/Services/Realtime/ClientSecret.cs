using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Services.Realtime;

/// <summary>What a page was given to open a session with.</summary>
/// <param name="Key">Whose sessions they are.</param>
/// <param name="Session">How they begin, as <c>session.update</c> says it.</param>
internal sealed record ClientSecret(ValidKey Key, JsonObject Session)
{
    /// <summary>The model, or agent, that it is for; null where the page may choose.</summary>
    public string? Model => Session["model"]?.GetValue<string>();
}
