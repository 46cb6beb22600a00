using System.Globalization;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Json;

/// <summary>One call with a JSON body: what was asked, and where it goes.</summary>
/// <param name="Body">The caller's bytes.</param>
/// <param name="Request">The same as members.</param>
/// <param name="Route">Whom to ask, and whom next.</param>
internal readonly record struct JsonCall(PooledBody Body, JsonRequest Request, ModelRoute Route) : IDisposable
{
    /// <summary>Reads, checks and routes a call; the account knows of it from then on.</summary>
    /// <exception cref="GatewayException">The request is wrong; nothing was sent.</exception>
    public static async ValueTask<JsonCall> ReadAsync(
        Exchange exchange,
        RequestBody bodies,
        Router router,
        ModelPicker picker,
        JsonKind kind
    )
    {
        PooledBody body = await bodies.ReadAsync(exchange.Request, exchange.Lifetime.Token, exchange.Meter);
        try
        {
            string? agent = AgentHeader.Read(exchange.Request);
            JsonRequest request = JsonRequest.Read(body.Memory, kind.Fields, needsModel: agent is null);
            bodies.Check(body, hasImages: body.Span.IndexOf("\"image_url\""u8) >= 0);
            ModelRoute route = agent is null
                ? router.Resolve(
                    System.Text.Encoding.UTF8.GetBytes(request.Text("model")!),
                    "model",
                    exchange.Caller,
                    kind.Service
                )
                : router.ResolveAgent(agent, GatewayHeaders.Agent, exchange.Caller, kind.Service);
            if (kind.IsChat)
                route = exchange.Take(picker.Pick(route, TraitsReader.Read(request), "model"));
            exchange.Choose(route);
            exchange.Meter.Streamed = request.IsTrue("stream");
            exchange.Meter.EndUser ??= request.User;
            return new JsonCall(body, request, route);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>The request as one provider of the chain gets it; the caller is told what was left out for that provider.</summary>
    public JsonEdits For(Exchange exchange, ModelRoute route, string operation)
    {
        var edits = new JsonEdits(Request);
        IReadOnlyList<string> changes = ParameterFit.Apply(
            Request,
            edits,
            ParameterTable.Of(route.Provider, operation)
        );
        if (route.Renamed)
            edits.Set("model", route.ModelJson.Span);
        foreach ((string name, string json) in route.Defaults?.Values ?? [])
        {
            if (!Request.Members.Any(member => member.Name == name))
                edits.Set(name, System.Text.Encoding.UTF8.GetBytes(json));
        }
        DroppedHeader.Tell(exchange.Response, changes);
        return edits;
    }

    /// <summary>A count that the caller gave; null when it gave none.</summary>
    public long? Count(string name) =>
        Request.Find(name) is { } member
        && long.TryParse(member.Value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? count
            : null;

    public void Dispose() => Body.Dispose();
}
