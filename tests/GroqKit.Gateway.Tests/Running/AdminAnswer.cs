using System.Net;
using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>What the admin API answered.</summary>
internal sealed record AdminAnswer(HttpStatusCode Status, string? ETag, JsonObject Body)
{
    public JsonNode? this[string name] => Body[name];

    public string Text(string name) => Body[name]!.GetValue<string>();

    /// <summary>The names or ids in a list.</summary>
    public string[] Items(string name) => [.. Body["items"]!.AsArray().Select(item => item![name]!.GetValue<string>())];

    public JsonObject Error => Body["error"]!.AsObject();
}
