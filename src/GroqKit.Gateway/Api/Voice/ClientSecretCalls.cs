using System.Text.Json.Nodes;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Realtime;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Voice.Realtime;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Gives a server what its page may open a session with, so that no page ever sees a key.</summary>
internal sealed class ClientSecretCalls(ClientSecrets secrets, CallerGate gate, Router router, TimeProvider time)
{
    private const int UsualSeconds = 600;
    private const int FewestSeconds = 10;
    private const int MostSeconds = 7_200;
    private const string Expiry = "expires_after";
    private const string Anchor = "created_at";

    private static readonly string[] Fields = [Expiry, "session"];
    private static readonly string[] ExpiryFields = ["anchor", "seconds"];

    public async Task HandleAsync(Exchange exchange)
    {
        JsonObject session;
        TimeSpan lifetime;
        string? model;
        RealtimeSettings settings;
        using PooledBody body = await VoiceBody.ReadAsync(exchange);
        try
        {
            JsonObject wish = body.Memory.IsEmpty ? [] : EventText.Parse(body.Memory.Span);
            Check(wish, "", Fields);
            lifetime = LifetimeOf(Object(wish, Expiry));
            session = Object(wish, "session");
            model = Text(session, "model", "session.model");
            settings = RealtimeSettings.Begin("sess_" + exchange.Meter.RequestId, model, session);
        }
        catch (RealtimeException wrong)
        {
            throw RequestErrors.WrongSession(wrong.Code, wrong.Message, wrong.Param);
        }
        if (model is not null)
        {
            VoiceModels models = SessionModels.Find(router, exchange.Caller, model, "session.model");
            exchange.Meter.Agent = models.Agent;
        }
        ValidKey key = gate.Identify(exchange.Request);
        DateTimeOffset end = time.GetUtcNow() + lifetime;
        // A secret does not outlive its key.
        if (key.ExpiresAt < end)
            end = key.ExpiresAt.Value;
        // Whole seconds, as callers see them.
        end = DateTimeOffset.FromUnixTimeSeconds(end.ToUnixTimeSeconds());
        string value = secrets.Create(key, session, end);
        exchange.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(
            exchange,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("value", value);
                json.WriteNumber("expires_at", end.ToUnixTimeSeconds());
                json.WritePropertyName("session");
                settings.ToJson().WriteTo(json);
                json.WriteEndObject();
            }
        );
    }

    private static TimeSpan LifetimeOf(JsonObject expiry)
    {
        Check(expiry, Expiry + ".", ExpiryFields);
        if (Text(expiry, "anchor", Expiry + ".anchor") is not (null or Anchor))
            throw RealtimeException.Wrong(Expiry + ".anchor", $"must be {Anchor}.");
        double seconds = Members.Number(expiry["seconds"], Expiry + ".seconds") ?? UsualSeconds;
        return seconds is >= FewestSeconds and <= MostSeconds && double.IsInteger(seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw RealtimeException.Wrong(
                Expiry + ".seconds",
                $"must be a whole number from {FewestSeconds} to {MostSeconds}."
            );
    }

    private static JsonObject Object(JsonObject from, string name) => Members.Object(from[name], name) ?? [];

    private static string? Text(JsonObject from, string name, string param) => Members.Text(from[name], param);

    private static void Check(JsonObject given, string prefix, string[] known)
    {
        foreach ((string name, JsonNode? _) in given)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                throw RequestErrors.Unknown(prefix + name, known);
        }
    }
}
