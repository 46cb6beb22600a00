using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Providers.Http;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>
/// Writes a request. A field is taken from the caller's own object if that has it, else from the option, else from the additional properties.
/// The caller's objects are only read.
/// </summary>
internal sealed class ChatRequestWriter(OpenAIChatSettings settings)
{
    // What is sent is read by a JSON parser, not by a browser: escaping every letter beyond ASCII would treble some languages.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fields of the API that options have no place for. Others in the same bag are notes of other parts of a pipeline.</summary>
    private static readonly HashSet<string> Parameters =
    [
        "audio",
        "logit_bias",
        "logprobs",
        "metadata",
        "modalities",
        "moderation",
        "n",
        "prediction",
        "prompt_cache_key",
        "prompt_cache_options",
        "prompt_cache_retention",
        "reasoning_effort",
        "safety_identifier",
        "service_tier",
        "store",
        "stream_options",
        "top_logprobs",
        "user",
        "verbosity",
        "web_search_options",
    ];

    /// <exception cref="NotSupportedException">Something has no place in the API, and would be lost.</exception>
    /// <exception cref="ProviderException">A value cannot be written as JSON.</exception>
    public ReadOnlyMemory<byte> Write(
        ProviderCall call,
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        JsonObject? own,
        bool isStream
    )
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        json.WriteString("model", call.Model);
        json.WriteStartArray("messages");
        foreach (JsonNode? message in own?["messages"] as JsonArray ?? [])
            message?.WriteTo(json);
        new MessageWriter(json).Write(options?.Instructions, messages);
        json.WriteEndArray();
        HashSet<string> written = ["model", "messages", "stream"];
        WriteFields(json, call, options, own, written);
        if (isStream)
        {
            json.WriteBoolean("stream", true);
            // Without asking there is no usage in a stream.
            if (written.Add("stream_options"))
                WriteStreamOptions(json, call, options, own);
        }
        WriteOwn(json, own, written);
        WriteAdditional(json, call, options, written);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteFields(
        Utf8JsonWriter json,
        ProviderCall call,
        ChatOptions? options,
        JsonObject? own,
        HashSet<string> written
    )
    {
        if (options is null)
            return;
        string model = call.Model!;
        ModelRules? rules = settings.Rules.Find(model);
        bool hasTools = options.Tools is { Count: > 0 };
        string? effort =
            options.AdditionalProperties?.GetValueOrDefault("reasoning_effort")?.ToString()
            ?? Effort.Choose(options.Reasoning?.Effort, hasTools, model, rules);
        bool takesSampling = rules?.TakesSampling != false || !Effort.IsReasoning(effort, rules);
        Sampling("temperature", options.Temperature);
        Sampling("top_p", options.TopP);
        Sampling("frequency_penalty", options.FrequencyPenalty);
        Sampling("presence_penalty", options.PresencePenalty);
        if (!takesSampling)
        {
            foreach (string name in (string[])["logprobs", "top_logprobs"])
            {
                if (written.Add(name) && options.AdditionalProperties?.ContainsKey(name) is true)
                    settings.Dropped.Note(model, name);
            }
        }
        if (options.MaxOutputTokens is { } most && Take(settings.MaxTokensField))
            json.WriteNumber(settings.MaxTokensField, most);
        if (options.Seed is { } seed && Take("seed"))
            json.WriteNumber("seed", seed);
        if (effort is not null && Take("reasoning_effort"))
            json.WriteString("reasoning_effort", effort);
        if (options.StopSequences is { Count: > 0 } && rules?.TakesStop is false)
            settings.Dropped.Note(model, "stop");
        else if (options.StopSequences is { Count: > 0 } stops && Take("stop"))
        {
            json.WriteStartArray("stop");
            foreach (string stop in stops)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }
        if (Take("response_format"))
            FormatWriter.Write(json, options);
        if (hasTools && Take("tools"))
            ToolWriter.Write(json, options);

        bool Take(string name) => own?.ContainsKey(name) != true && written.Add(name);

        void Sampling(string name, float? value)
        {
            if (value is not { } number)
                return;
            CallerMistakes.CheckFinite(name, number, call);
            if (!takesSampling)
                settings.Dropped.Note(model, name);
            // A float's own text is what its owner wrote: 0.7f is 0.7, and as a double 0.699999988079071.
            else if (Take(name))
                json.WriteNumber(name, number);
        }
    }

    private static void WriteStreamOptions(
        Utf8JsonWriter json,
        ProviderCall call,
        ChatOptions? options,
        JsonObject? own
    )
    {
        JsonNode? given =
            own?["stream_options"]
            ?? ToNode("stream_options", options?.AdditionalProperties?.GetValueOrDefault("stream_options"), call);
        JsonObject merged = given?.DeepClone() as JsonObject ?? [];
        merged["include_usage"] = true;
        json.WritePropertyName("stream_options");
        merged.WriteTo(json);
    }

    private static void WriteOwn(Utf8JsonWriter json, JsonObject? own, HashSet<string> written)
    {
        foreach (var (name, value) in own ?? [])
        {
            if (value is null || !written.Add(name))
                continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    private void WriteAdditional(Utf8JsonWriter json, ProviderCall call, ChatOptions? options, HashSet<string> written)
    {
        // Means nothing in a whole answer.
        written.Add("stream_options");
        foreach (var (name, value) in options?.AdditionalProperties ?? [])
        {
            bool isKnown = Parameters.Contains(name) || (settings.SendsUnknown && name != FormatWriter.Strict);
            if (value is null || !isKnown || !written.Add(name))
                continue;
            JsonNode? node = ToNode(name, value, call);
            json.WritePropertyName(name);
            node!.WriteTo(json);
        }
    }

    private static JsonNode? ToNode(string name, object? value, ProviderCall call)
    {
        if (value is null)
            return null;
        CallerMistakes.CheckFinite(name, value, call);
        try
        {
            return JsonSerializer.SerializeToNode(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType()));
        }
        catch (Exception error)
            when (error is NotSupportedException or InvalidOperationException or JsonException or ArgumentException)
        {
            throw CallerMistakes.Invalid(
                name,
                $"the {value.GetType()} in AdditionalProperties cannot be written as JSON.",
                call,
                error
            );
        }
    }
}
