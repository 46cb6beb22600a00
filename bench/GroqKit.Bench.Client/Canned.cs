using System.Text;

namespace GroqKit.Bench.Client;

/// <summary>What the upstream answers, the same for everyone.</summary>
internal static class Canned
{
    public const int Chunks = 1000;

    public const string Model = "openai/gpt-oss-120b";

    public static byte[] Answer { get; } =
        Encoding.UTF8.GetBytes(
            """
            {"id":"chatcmpl-b5c1d8a2-6f2e-4b7b-9a0a-0f7f2a3a9e51","object":"chat.completion","created":1763600000,"model":"openai/gpt-oss-120b","choices":[{"index":0,"message":{"role":"assistant","content":"Fast language models shorten the pause between a question and its answer."},"logprobs":null,"finish_reason":"stop"}],"usage":{"queue_time":0.018,"prompt_tokens":42,"prompt_time":0.001,"completion_tokens":16,"completion_time":0.032,"total_tokens":58,"total_time":0.033},"usage_breakdown":null,"system_fingerprint":"fp_1a2b3c4d5e","x_groq":{"id":"req_01kabcdefghjkmnpqrstvwxyz0"},"service_tier":"on_demand"}
            """
        );

    public static byte[] Stream { get; } = Encoding.UTF8.GetBytes(Events());

    private static string Events()
    {
        const string head =
            "data: {\"id\":\"chatcmpl-b5c1d8a2-6f2e-4b7b-9a0a-0f7f2a3a9e51\",\"object\":\"chat.completion.chunk\",\"created\":1763600000,\"model\":\"openai/gpt-oss-120b\",\"system_fingerprint\":\"fp_1a2b3c4d5e\",\"choices\":[{\"index\":0,\"delta\":";
        var events = new StringBuilder();
        events
            .Append(head)
            .Append("{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}],");
        events.Append("\"x_groq\":{\"id\":\"req_01kabcdefghjkmnpqrstvwxyz0\"}}\n\n");
        for (int i = 0; i < Chunks; i++)
            events.Append(head).Append("{\"content\":\" word\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
        events.Append(head).Append("{},\"logprobs\":null,\"finish_reason\":\"stop\"}],");
        events.Append("\"x_groq\":{\"id\":\"req_01kabcdefghjkmnpqrstvwxyz0\",\"usage\":{\"queue_time\":0.018,");
        events.Append("\"prompt_tokens\":42,\"prompt_time\":0.001,\"completion_tokens\":1000,\"completion_time\":2.0,");
        events.Append("\"total_tokens\":1042,\"total_time\":2.001}}}\n\ndata: [DONE]\n\n");
        return events.ToString();
    }
}
