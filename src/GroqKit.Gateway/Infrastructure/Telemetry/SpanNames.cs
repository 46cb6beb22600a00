namespace GroqKit.Gateway.Infrastructure.Telemetry;

/// <summary>
/// Every name that the gateway writes on spans: those of OpenTelemetry's GenAI conventions v1.41 and of its HTTP conventions, and our own.
/// </summary>
internal static class SpanNames
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string AgentName = "gen_ai.agent.name";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string RequestModel = "gen_ai.request.model";
    public const string ResponseModel = "gen_ai.response.model";
    public const string RequestStream = "gen_ai.request.stream";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CachedTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string ReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string ErrorType = "error.type";

    public const string HttpRoute = "http.route";
    public const string UrlPath = "url.path";
    public const string HttpStatus = "http.response.status_code";

    public const string RequestId = "groqkit.request.id";
    public const string Tenant = "groqkit.tenant";
    public const string KeyId = "groqkit.key.id";
    public const string KeyName = "groqkit.key.name";
    public const string Outcome = "groqkit.outcome";
    public const string Cost = "groqkit.cost";
    public const string Estimated = "groqkit.usage.estimated";
    public const string AudioSeconds = "groqkit.usage.audio_seconds";
    public const string Characters = "groqkit.usage.characters";
    public const string Fallback = "groqkit.fallback";
    public const string CacheHit = "groqkit.cache.hit";
    public const string Attempts = "groqkit.attempts";
    public const string Overhead = "groqkit.overhead";

    /// <summary>What the conventions call an operation of the gateway.</summary>
    public static string OperationOf(string operation) =>
        operation switch
        {
            "completions" => "text_completion",
            "responses" => "chat",
            "stt" or "transcription" or "transcriptions" or "translation" or "translations" => "speech_to_text",
            "tts" or "speech" => "text_to_speech",
            _ => operation,
        };
}
