using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>
/// A chat completion to ask for. Only what is set is sent. Groq refuses properties it does not know, so everything is checked
/// before it is sent; <see cref="ExtraBody"/> is the explicit way around that.
/// </summary>
public sealed record ChatRequest
{
    /// <summary>The model's id, for example <c>openai/gpt-oss-120b</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The conversation so far, at least one message. A string stands for a user message.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The most tokens to generate, thinking included; at least 1. Default: the model's.</summary>
    public int? MaxCompletionTokens { get; init; }

    /// <summary>The deprecated name of <see cref="MaxCompletionTokens"/>.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Randomness, 0 to 2. Default 1; Groq turns 0 into 1e-8.</summary>
    public double? Temperature { get; init; }

    /// <summary>The probability mass to sample from, 0 to 1. Default 1.</summary>
    public double? TopP { get; init; }

    /// <summary>How many answers; Groq knows only 1.</summary>
    public int? N { get; init; }

    /// <summary>At most 4 texts at which to stop; they are not part of the answer.</summary>
    [JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>For repeatable sampling, as well as Groq can.</summary>
    public long? Seed { get; init; }

    /// <summary>Set by the client according to the method that is called.</summary>
    [JsonInclude]
    internal bool? Stream { get; init; }

    /// <summary>Asks for more in a stream. Usage comes without asking.</summary>
    public StreamOptions? StreamOptions { get; init; }

    /// <summary>At most 128 tools the model may use.</summary>
    public IReadOnlyList<ChatTool>? Tools { get; init; }

    /// <summary>Whether and which tool must be used. Default: none without tools, auto with.</summary>
    public ToolChoice? ToolChoice { get; init; }

    /// <summary>Whether several tools may be called in one turn. Default true; GPT-OSS calls one.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>True: a call to a tool that was not offered is returned instead of failing. Groq only; default false.</summary>
    public bool? DisableToolValidation { get; init; }

    /// <summary>Text, JSON, or JSON by a schema. JSON cannot be combined with tools.</summary>
    public ResponseFormat? ResponseFormat { get; init; }

    /// <summary>How much to think.</summary>
    public ReasoningEffort? ReasoningEffort { get; init; }

    /// <summary>Where thinking appears. Excludes <see cref="IncludeReasoning"/>.</summary>
    public ReasoningFormat? ReasoningFormat { get; init; }

    /// <summary>Whether thinking is returned. Excludes <see cref="ReasoningFormat"/>.</summary>
    public bool? IncludeReasoning { get; init; }

    /// <summary>How the call is queued and paid. Default <c>on_demand</c>.</summary>
    public ServiceTier? ServiceTier { get; init; }

    /// <summary>An id of the end user, for abuse monitoring only.</summary>
    public string? User { get; init; }

    /// <summary>Settings of server-side web search.</summary>
    public SearchSettings? SearchSettings { get; init; }

    /// <summary>The deprecated form of <see cref="SearchSettings.IncludeDomains"/>.</summary>
    public IReadOnlyList<string>? IncludeDomains { get; init; }

    /// <summary>The deprecated form of <see cref="SearchSettings.ExcludeDomains"/>.</summary>
    public IReadOnlyList<string>? ExcludeDomains { get; init; }

    /// <summary>Models and tools of Compound systems.</summary>
    public CompoundCustom? CompoundCustom { get; init; }

    /// <summary>Documents the answer may cite.</summary>
    public IReadOnlyList<ChatDocument>? Documents { get; init; }

    /// <summary>Whether to cite. Default enabled.</summary>
    public CitationMode? CitationOptions { get; init; }

    /// <summary>-2 to 2. Accepted, but no model honours it.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>-2 to 2. Accepted, but no model honours it.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>Token id to bias. No model supports it yet.</summary>
    public IReadOnlyDictionary<string, int>? LogitBias { get; init; }

    /// <summary>Whether to return log probabilities. No model supports it yet.</summary>
    public bool? Logprobs { get; init; }

    /// <summary>0 to 20, with <see cref="Logprobs"/>. No model supports it yet.</summary>
    public int? TopLogprobs { get; init; }

    /// <summary>In the schema, but documented as not supported.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>In the schema, but documented as not supported.</summary>
    public bool? Store { get; init; }

    /// <summary>The deprecated form of <see cref="ToolChoice"/>.</summary>
    public FunctionCallChoice? FunctionCall { get; init; }

    /// <summary>The deprecated form of <see cref="Tools"/>.</summary>
    public IReadOnlyList<FunctionDefinition>? Functions { get; init; }

    /// <summary>Asks for token ids and texts in the answer. Undocumented; Groq may refuse it.</summary>
    public bool? Debug { get; init; }

    /// <summary>What images are checked against before sending; not sent itself. Default: <see cref="ImageLimits.Default"/>.</summary>
    [JsonIgnore]
    public ImageLimits? ImageLimits { get; init; }

    /// <summary>Further properties, sent as they are: for parameters newer than this library. Must not repeat a property above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }

    /// <summary>Begins a request as a chain, for example <c>ChatRequest.For("openai/gpt-oss-20b").User("hello").Build()</c>.</summary>
    /// <param name="model">The model's id.</param>
    public static ChatRequestBuilder For(string model) => new(new ChatRequest { Model = model, Messages = [] });
}
