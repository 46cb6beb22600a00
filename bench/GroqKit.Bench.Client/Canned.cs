using System.Text;

namespace GroqKit.Bench.Client;

/// <summary>What the upstream answers, the same for everyone.</summary>
internal static class Canned
{
    public const int Chunks = 1000;

    private const string Head =
        "data: {\"id\":\"chatcmpl-b5c1d8a2-6f2e-4b7b-9a0a-0f7f2a3a9e51\",\"object\":\"chat.completion.chunk\",\"created\":1763600000,\"model\":\"openai/gpt-oss-120b\",\"system_fingerprint\":\"fp_1a2b3c4d5e\",\"choices\":[{\"index\":0,\"delta\":";

    public const string Model = "openai/gpt-oss-120b";

    public static byte[] Answer { get; } =
        Encoding.UTF8.GetBytes(
            """
            {"id":"chatcmpl-b5c1d8a2-6f2e-4b7b-9a0a-0f7f2a3a9e51","object":"chat.completion","created":1763600000,"model":"openai/gpt-oss-120b","choices":[{"index":0,"message":{"role":"assistant","content":"Fast language models shorten the pause between a question and its answer."},"logprobs":null,"finish_reason":"stop"}],"usage":{"queue_time":0.018,"prompt_tokens":42,"prompt_time":0.001,"completion_tokens":16,"completion_time":0.032,"total_tokens":58,"total_time":0.033},"usage_breakdown":null,"system_fingerprint":"fp_1a2b3c4d5e","x_groq":{"id":"req_01kabcdefghjkmnpqrstvwxyz0"},"service_tier":"on_demand"}
            """
        );

    /// <summary>What Groq sends with every answer; the limits are too high to be reached.</summary>
    public static (string Name, string Value)[] Headers { get; } =
    [
        ("x-request-id", "req_01kabcdefghjkmnpqrstvwxyz0"),
        ("x-groq-region", "fra"),
        ("x-ratelimit-limit-requests", "500000000"),
        ("x-ratelimit-limit-tokens", "2500000000"),
        ("x-ratelimit-remaining-requests", "499999999"),
        ("x-ratelimit-remaining-tokens", "2499999958"),
        ("x-ratelimit-reset-requests", "172.8ms"),
        ("x-ratelimit-reset-tokens", "1ms"),
    ];

    /// <summary>A chunk of a stream, with an end.</summary>
    public static byte[] Chunk { get; } =
        Encoding.UTF8.GetBytes(Head + "{\"content\":\" word\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");

    /// <summary>The last chunk, and the end of the stream.</summary>
    public static byte[] End { get; } =
        Encoding.UTF8.GetBytes(
            Head
                + "{},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                + "\"x_groq\":{\"id\":\"req_01kabcdefghjkmnpqrstvwxyz0\",\"usage\":{\"queue_time\":0.018,"
                + "\"prompt_tokens\":42,\"prompt_time\":0.001,\"completion_tokens\":1000,\"completion_time\":2.0,"
                + "\"total_tokens\":1042,\"total_time\":2.001}}}\n\ndata: [DONE]\n\n"
        );

    public static byte[] Stream { get; } = Events();

    private static byte[] Events()
    {
        byte[] first = Encoding.UTF8.GetBytes(
            Head
                + "{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}],"
                + "\"x_groq\":{\"id\":\"req_01kabcdefghjkmnpqrstvwxyz0\"}}\n\n"
        );
        return [.. first, .. Enumerable.Repeat(Chunk, Chunks).SelectMany(chunk => chunk), .. End];
    }
}
