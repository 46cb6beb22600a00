namespace GroqKit.Telemetry;

/// <summary>
/// Every name that telemetry uses, so that following the conventions is a change of this file. The GenAI names are those of
/// OpenTelemetry's semantic conventions v1.41; <see cref="Next"/> has what replaces them in the first release of their successor.
/// </summary>
internal static class GenAiNames
{
    /// <summary>Of the activity source and the meter.</summary>
    public const string Scope = "GroqKit";

    public const string Provider = "groq";

    /// <summary>Stands for whatever is not in a closed list.</summary>
    public const string Other = "_OTHER";

    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string OutputType = "gen_ai.output.type";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestChoiceCount = "gen_ai.request.choice.count";
    public const string RequestSeed = "gen_ai.request.seed";
    public const string RequestStream = "gen_ai.request.stream";
    public const string RequestFrequencyPenalty = "gen_ai.request.frequency_penalty";
    public const string RequestPresencePenalty = "gen_ai.request.presence_penalty";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestStopSequences = "gen_ai.request.stop_sequences";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestTopP = "gen_ai.request.top_p";
    public const string RequestEncodingFormats = "gen_ai.request.encoding_formats";
    public const string EmbeddingsDimensionCount = "gen_ai.embeddings.dimension.count";
    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";
    public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string UsageInputTokens = "gen_ai.usage.input_tokens";
    public const string UsageOutputTokens = "gen_ai.usage.output_tokens";
    public const string UsageCacheReadInputTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string UsageReasoningOutputTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string InputMessages = "gen_ai.input.messages";
    public const string OutputMessages = "gen_ai.output.messages";
    public const string ToolDefinitions = "gen_ai.tool.definitions";
    public const string TokenType = "gen_ai.token.type";
    public const string ErrorType = "error.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";

    /// <summary>Operations. Those for speech are proposals.</summary>
    public static class Operations
    {
        public const string Chat = "chat";
        public const string TextCompletion = "text_completion";
        public const string Embeddings = "embeddings";
        public const string SpeechToText = "speech_to_text";
        public const string TextToSpeech = "text_to_speech";
    }

    /// <summary>Attributes of speech. Proposals.</summary>
    public static class Speech
    {
        public const string Voice = "gen_ai.speech.voice";
        public const string InputLanguage = "gen_ai.speech.input.language";
    }

    /// <summary>Metrics of v1.41.</summary>
    public static class Metrics
    {
        public const string OperationDuration = "gen_ai.client.operation.duration";
        public const string TokenUsage = "gen_ai.client.token.usage";
        public const string TimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
        public const string TimePerOutputChunk = "gen_ai.client.operation.time_per_output_chunk";
    }

    /// <summary>Groq's own figures, for which there is no convention.</summary>
    public static class Groq
    {
        public const string ResponseRequestId = "groqkit.response.request_id";
        public const string ResponseServiceTier = "groqkit.response.service_tier";
        public const string ResponseSystemFingerprint = "groqkit.response.system_fingerprint";
        public const string RequestServiceTier = "groqkit.request.service_tier";
        public const string UsageQueueTime = "groqkit.usage.queue_time";
        public const string UsagePromptTime = "groqkit.usage.prompt_time";
        public const string UsageCompletionTime = "groqkit.usage.completion_time";
        public const string UsageTotalTime = "groqkit.usage.total_time";
        public const string UsageAudioSeconds = "groqkit.usage.audio_seconds";
        public const string UsageCharacters = "groqkit.usage.characters";
        public const string StreamChunkCount = "groqkit.stream.chunk_count";
        public const string StreamContentLength = "groqkit.stream.content_length";
        public const string StreamAbandoned = "groqkit.stream.abandoned";
        public const string Attempts = "groqkit.attempts";
        public const string OutputRate = "groqkit.output_rate";
        public const string OutputRateMetric = "groqkit.client.output_rate";
    }

    /// <summary>The names that dashboards for Groq know; they keep their spelling in Prometheus.</summary>
    public static class Prometheus
    {
        public const string Requests = "groq_requests_total";
        public const string Tokens = "groq_tokens_total";
        public const string Retries = "groq_retries_total";

        /// <summary>The reason of a retry for which nothing had failed: the first attempt was slow.</summary>
        public const string Hedge = "hedge";

        public const string RequestDuration = "groq_request_duration_seconds";
        public const string FirstToken = "groq_streaming_first_token_seconds";
        public const string RateLimitRemaining = "groq_rate_limit_remaining";
        public const string CircuitBreakerState = "groq_circuit_breaker_state";

        public const string Model = "model";
        public const string Operation = "operation";
        public const string Status = "status";
        public const string Type = "type";
        public const string Reason = "reason";
    }

    /// <summary>Unreleased names.</summary>
    public static class Next
    {
        public const string RequestReasoningLevel = "gen_ai.request.reasoning.level";
        public const string TokenModality = "gen_ai.token.modality";
        public const string InferenceDuration = "gen_ai.client.inference.duration";
        public const string EmbeddingsDuration = "gen_ai.client.embeddings.duration";
        public const string TimeToFirstChunk = "gen_ai.client.inference.time_to_first_chunk";
        public const string TimePerOutputChunk = "gen_ai.client.inference.time_per_output_chunk";
        public const string UsageInputTokens = "gen_ai.client.inference.usage.input_tokens";
        public const string UsageOutputTokens = "gen_ai.client.inference.usage.output_tokens";
        public const string UsageCacheReadInputTokens = "gen_ai.client.inference.usage.cache_read.input_tokens";
        public const string UsageReasoningOutputTokens = "gen_ai.client.inference.usage.reasoning.output_tokens";
        public const string OperationInputTokens = "gen_ai.client.inference.operation.input_tokens";
        public const string OperationOutputTokens = "gen_ai.client.inference.operation.output_tokens";
        public const string EmbeddingsInputTokens = "gen_ai.client.embeddings.operation.input_tokens";
    }
}
