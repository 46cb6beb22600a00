namespace GroqKit.Catalog;

/// <summary>Ids of the models that every account can call, as of 2026-11-20.</summary>
/// <remarks>
/// A convenience only: every request takes any id. <see cref="ModelCatalog.Default"/> knows more about these models,
/// and others.
/// </remarks>
public static class GroqModels
{
    /// <summary>The default for chat.</summary>
    /// <remarks>
    /// Production; 131072 tokens of context, 65536 of output; $ per million tokens on 2026-10-01: input 0.15, cached
    /// 0.075, output 0.60.
    /// </remarks>
    public const string GptOss120B = "openai/gpt-oss-120b";

    /// <summary>The quick one for chat.</summary>
    /// <remarks>
    /// Production; 131072 tokens of context, 65536 of output; $ per million tokens on 2026-10-01: input 0.075, cached
    /// 0.0375, output 0.30.
    /// </remarks>
    public const string GptOss20B = "openai/gpt-oss-20b";

    /// <summary>Transcribes and translates.</summary>
    /// <remarks>Production; 189 times as fast as the recording; $ per hour of audio on 2026-10-01: 0.111.</remarks>
    public const string WhisperLargeV3 = "whisper-large-v3";

    /// <summary>Transcribes; the default. Does not translate.</summary>
    /// <remarks>Production; 216 times as fast as the recording; $ per hour of audio on 2026-10-01: 0.04.</remarks>
    public const string WhisperLargeV3Turbo = "whisper-large-v3-turbo";

    /// <summary>Judges content by a policy that the prompt gives.</summary>
    /// <remarks>
    /// Preview; 131072 tokens of context, 65536 of output; $ per million tokens on 2026-10-01: input 0.075, cached
    /// 0.037, output 0.30.
    /// </remarks>
    public const string GptOssSafeguard20B = "openai/gpt-oss-safeguard-20b";

    /// <summary>Reads images; thinks when asked to.</summary>
    /// <remarks>
    /// Preview; 131072 tokens of context, 16384 of output; $ per million tokens on 2026-10-01: input 0.80, cached 0.40,
    /// output 4.00.
    /// </remarks>
    public const string Qwen38 = "qwen/qwen3.8-27b";

    /// <summary>Speaks English and follows vocal directions.</summary>
    /// <remarks>Preview; 200 characters a request; $ per million characters on 2026-10-01: 22.</remarks>
    public const string OrpheusEnglish = "canopylabs/orpheus-v1-english";

    /// <summary>Speaks Saudi Arabic.</summary>
    /// <remarks>Preview; 200 characters a request; $ per million characters on 2026-10-01: 40.</remarks>
    public const string OrpheusArabicSaudi = "canopylabs/orpheus-arabic-saudi";

    /// <summary>Scores text for prompt injection.</summary>
    /// <remarks>
    /// Preview; 512 tokens of context, 512 of output; $ per million tokens on 2026-10-01: input 0.03, output 0.03.
    /// </remarks>
    public const string PromptGuard22M = "meta-llama/llama-prompt-guard-2-22m";

    /// <summary>Scores text for prompt injection in several languages.</summary>
    /// <remarks>
    /// Preview; 512 tokens of context, 512 of output; $ per million tokens on 2026-10-01: input 0.04, output 0.04.
    /// </remarks>
    public const string PromptGuard86M = "meta-llama/llama-prompt-guard-2-86m";

    /// <summary>Arabic and English chat; absent from Groq's documentation.</summary>
    /// <remarks>Unlisted; 4096 tokens of context, 4096 of output; no published price.</remarks>
    public const string Allam = "allam-2-7b";
}
