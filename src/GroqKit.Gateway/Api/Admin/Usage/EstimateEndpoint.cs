using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Admin.Usage;

/// <summary><c>POST /api/estimate</c>: what a call would cost, before it is made.</summary>
internal sealed class EstimateEndpoint(RequestBody bodies, PricedModels models, IPriceBook prices, TimeProvider time)
{
    private const int MaxAmount = 1_000_000_000;
    private const int BytesPerToken = 4;
    private const decimal MaxAudioSeconds = 10_000_000m;

    private static readonly string[] Names =
    [
        "model",
        "service",
        "serviceTier",
        "text",
        "promptTokens",
        "cachedTokens",
        "completionTokens",
        "audioSeconds",
        "characters",
    ];

    public async Task HandleAsync(AdminCall call)
    {
        HttpContext context = call.Context;
        using PooledBody body = await bodies.ReadAsync(context.Request, context.RequestAborted);
        using JsonDocument document = Parse(body.Memory);
        JsonElement root = document.RootElement;
        string? text = Text(root, "text");
        ServiceKind service = Service(root);
        PricedModel model = models.Find(Model(root), service, "model", call.Actor.Key);
        long prompt =
            Whole(root, "promptTokens")
            ?? (
                text is null || service != ServiceKind.Llm
                    ? 0
                    : (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken
            );
        long completion = Whole(root, "completionTokens") ?? 0;
        var tokens = new TokenUsage(prompt, completion, prompt + completion, Whole(root, "cachedTokens") ?? 0);
        if (tokens.Cached > tokens.Prompt)
            throw RequestErrors.WrongValue("cachedTokens", "must not be more than the prompt's tokens");
        long characters =
            Whole(root, "characters") ?? (service == ServiceKind.Tts && text is not null ? text.Length : 0);
        var usage = new BilledUsage(
            tokens,
            new SpeechUsage(Audio(root), 0, characters, null),
            Text(root, "serviceTier")
        );
        DateOnly date = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        decimal? cost = prices.CostOf(model.Provider, model.Kind, model.Model, in usage, date);
        await AnswerAsync(context, model, service, usage, cost, date);
    }

    private static async Task AnswerAsync(
        HttpContext context,
        PricedModel model,
        ServiceKind service,
        BilledUsage usage,
        decimal? cost,
        DateOnly date
    )
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("provider"u8, model.Provider);
        json.WriteString("model"u8, model.Model);
        json.WriteString("service"u8, NameOf(service));
        json.WriteNumber("promptTokens"u8, usage.Tokens.Prompt);
        json.WriteNumber("cachedTokens"u8, usage.Tokens.Cached);
        json.WriteNumber("completionTokens"u8, usage.Tokens.Completion);
        json.WriteNumber("audioSeconds"u8, (decimal)(usage.Speech.AudioIn?.TotalSeconds ?? 0));
        json.WriteNumber("characters"u8, usage.Speech.Characters);
        // Unknown is null, never zero.
        if (cost is { } known)
            json.WriteNumber("cost"u8, known);
        else
            json.WriteNull("cost"u8);
        json.WriteString("currency"u8, "USD"u8);
        json.WriteString("pricesOf"u8, date.ToString("yyyy-MM-dd"));
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        JsonText.Check(body.Span);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException broken)
        {
            throw RequestErrors.InvalidJson("The body is not valid JSON: " + broken.Message);
        }
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw RequestErrors.InvalidJson("The body must be a JSON object.");
        }
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            if (Names.Contains(member.Name, StringComparer.Ordinal))
                continue;
            string name = member.Name;
            document.Dispose();
            throw RequestErrors.WrongValue(name, $"is not a field; there are {string.Join(", ", Names)}");
        }
        return document;
    }

    private static string Model(JsonElement root)
    {
        if (!root.TryGetProperty("model"u8, out JsonElement model))
            throw RequestErrors.Missing("model");
        return model.ValueKind == JsonValueKind.String
            ? model.GetString()!
            : throw RequestErrors.WrongType("model", "a string");
    }

    // What isn't said follows from what is to be used.
    private static ServiceKind Service(JsonElement root) =>
        Text(root, "service") switch
        {
            null when root.TryGetProperty("audioSeconds"u8, out _) => ServiceKind.Stt,
            null when root.TryGetProperty("characters"u8, out _) => ServiceKind.Tts,
            null or "llm" => ServiceKind.Llm,
            "stt" => ServiceKind.Stt,
            "tts" => ServiceKind.Tts,
            _ => throw RequestErrors.WrongValue("service", "must be llm, stt or tts"),
        };

    private static string NameOf(ServiceKind service) =>
        service switch
        {
            ServiceKind.Llm => "llm",
            ServiceKind.Stt => "stt",
            _ => "tts",
        };

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement text) || text.ValueKind == JsonValueKind.Null)
            return null;
        return text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : throw RequestErrors.WrongType(name, "a string");
    }

    private static long? Whole(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number))
            throw RequestErrors.WrongType(name, "a whole number");
        return number is >= 0 and <= MaxAmount
            ? number
            : throw RequestErrors.WrongValue(name, $"must be from 0 to {MaxAmount}");
    }

    private static TimeSpan? Audio(JsonElement root)
    {
        if (!root.TryGetProperty("audioSeconds"u8, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out decimal seconds))
            throw RequestErrors.WrongType("audioSeconds", "a number");
        return seconds is >= 0 and <= MaxAudioSeconds
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw RequestErrors.WrongValue("audioSeconds", $"must be from 0 to {MaxAudioSeconds}");
    }
}
