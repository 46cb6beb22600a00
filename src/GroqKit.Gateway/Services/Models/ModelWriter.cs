using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Models;

/// <summary>Writes models as OpenAI's clients read them, with what the gateway knows of them in a member of its own.</summary>
internal sealed class ModelWriter(IPriceBook prices, TimeProvider time)
{
    private const decimal Million = 1_000_000m;

    // Small, because some providers charge more for each token of a long prompt.
    private const int Sample = 1000;

    /// <param name="json">Where to.</param>
    /// <param name="model">The model.</param>
    /// <param name="id">What callers write to get it.</param>
    public void Write(Utf8JsonWriter json, ModelListing model, string id)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "model"u8);
        if (model.Details.Find("created") is null)
            json.WriteNumber("created"u8, 0);
        if (model.Details.Find("owned_by") is null)
            json.WriteString("owned_by"u8, model.Provider.Name);
        foreach (JsonMember member in model.Details.Members)
        {
            if (member.Name is "id" or "object" or "groqkit")
                continue;
            json.WritePropertyName(member.Name);
            json.WriteRawValue(member.Value.Span, skipInputValidation: true);
        }
        WriteOwn(json, model);
        json.WriteEndObject();
    }

    /// <summary>Writes an agent, which callers name in a model's place.</summary>
    public static void WriteAgent(Utf8JsonWriter json, Agents.Agent agent)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Router.AgentPrefix + agent.Name);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, agent.CreatedAt.ToUnixTimeSeconds());
        json.WriteString("owned_by"u8, "groqkit"u8);
        json.WriteStartObject("groqkit"u8);
        json.WriteString("agent"u8, agent.Name);
        json.WriteStartArray("services"u8);
        if (agent.Llm is not null)
            json.WriteStringValue("llm"u8);
        if (agent.Stt is not null)
            json.WriteStringValue("stt"u8);
        if (agent.Tts is not null)
            json.WriteStringValue("tts"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a name that stands for models.</summary>
    public static void WriteAlias(Utf8JsonWriter json, ModelAlias alias)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, alias.Name);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, Math.Max(0, alias.CreatedAt.ToUnixTimeSeconds()));
        json.WriteString("owned_by"u8, "groqkit"u8);
        json.WriteStartObject("groqkit"u8);
        json.WriteStartArray("models"u8);
        foreach (Agents.ModelChoice choice in alias.Models)
            json.WriteStringValue($"{choice.Provider}/{choice.Model}");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteOwn(Utf8JsonWriter json, ModelListing model)
    {
        json.WriteStartObject("groqkit"u8);
        json.WriteString("provider"u8, model.Provider.Name);
        // The catalogue is of Groq's models; another provider's model of the same name may be another model.
        if (model.Provider.Kind == Providers.ProviderKind.Groq && ModelCatalog.Default.Find(model.Id) is { } known)
        {
            json.WriteString("kind"u8, known.Kind.Value);
            json.WriteStartArray("capabilities"u8);
            foreach (ModelCapability capability in known.Capabilities)
                json.WriteStringValue(capability.Value);
            json.WriteEndArray();
            if (known.Shutdown is { } shutdown)
                json.WriteString(
                    "shutdown"u8,
                    shutdown.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
                );
            if (known.Replacement is { } replacement)
                json.WriteString("replacement"u8, replacement);
        }
        json.WriteStartObject("prices"u8);
        WritePrice(json, "inputPerMillion"u8, Of(model, new TokenUsage(Sample, 0, Sample), default) * Million / Sample);
        WritePrice(
            json,
            "outputPerMillion"u8,
            Of(model, new TokenUsage(0, Sample, Sample), default) * Million / Sample
        );
        WritePrice(json, "audioPerHour"u8, Of(model, default, new SpeechUsage(TimeSpan.FromHours(1), 1, 0, null)));
        WritePrice(
            json,
            "charactersPerMillion"u8,
            Of(model, default, new SpeechUsage(null, 0, Sample, null)) * Million / Sample
        );
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private decimal? Of(ModelListing model, TokenUsage tokens, SpeechUsage speech) =>
        prices.CostOf(
            model.Provider.Name,
            model.Provider.Kind,
            model.Id,
            new BilledUsage(tokens, speech),
            DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)
        );

    // What isn't known isn't there; zero would read as free.
    private static void WritePrice(Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal? price)
    {
        if (price is > 0)
            json.WriteNumber(name, price.Value);
    }
}
