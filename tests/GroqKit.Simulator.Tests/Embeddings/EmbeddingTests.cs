using System.Runtime.InteropServices;
using System.Text.Json;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Embeddings;

[Requirement("SM-01")]
public sealed class EmbeddingTests(Sim sim) : IClassFixture<Sim>
{
    private const string EmbeddingsPath = "/openai/v1/embeddings";
    private const string RerankingPath = "/openai/v1/reranking";

    [Fact]
    public async Task Texts_that_share_words_are_nearer()
    {
        Reply reply = await sim.SendAsync(
            "POST",
            EmbeddingsPath,
            """{"model":"nomic-embed-text-v1_5","input":["The llama eats fresh grass","Llamas are eating grass","Tax returns for companies"]}"""
        );

        GroqContract.ValidateResponse("POST", EmbeddingsPath, reply.Status, reply.Text).ShouldBeEmpty();
        float[][] vectors =
        [
            .. reply
                .Json.GetProperty("data")
                .EnumerateArray()
                .Select(item => item.GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle()).ToArray()),
        ];
        Likeness(vectors[0], vectors[1]).ShouldBeGreaterThan(Likeness(vectors[0], vectors[2]) + 0.2);
        Likeness(vectors[0], vectors[0]).ShouldBe(1, 0.001);
        vectors[0].Length.ShouldBe(768);
    }

    [Fact]
    public async Task Base64_holds_the_same_numbers()
    {
        Reply plain = await sim.SendAsync("POST", EmbeddingsPath, """{"model":"nomic-embed-text-v1_5","input":"hi"}""");
        Reply packed = await sim.SendAsync(
            "POST",
            EmbeddingsPath,
            """{"model":"nomic-embed-text-v1_5","input":"hi","encoding_format":"base64"}"""
        );

        JsonElement numbers = plain.Json.GetProperty("data")[0].GetProperty("embedding");
        byte[] bytes = packed.Json.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        MemoryMarshal
            .Cast<byte, float>(bytes)
            .ToArray()
            .ShouldBe(numbers.EnumerateArray().Select(number => number.GetSingle()));
    }

    [Theory]
    [InlineData("""{"input":"a"}""", "model")]
    [InlineData("""{"model":"nomic-embed-text-v1_5"}""", "input")]
    [InlineData("""{"model":"nomic-embed-text-v1_5","input":""}""", "input")]
    [InlineData("""{"model":"nomic-embed-text-v1_5","input":[]}""", "input")]
    [InlineData("""{"model":"nomic-embed-text-v1_5","input":["a",""]}""", "input[1]")]
    [InlineData("""{"model":"nomic-embed-text-v1_5","input":"a","encoding_format":"int8"}""", "encoding_format")]
    [InlineData("""{"model":"nomic-embed-text-v1_5","input":"a","dimensions":3}""", "dimensions")]
    [InlineData("""{"model":"openai/gpt-oss-20b","input":"a"}""", "model")]
    public async Task A_mistake_names_the_field(string body, string param)
    {
        Reply reply = await sim.SendAsync("POST", EmbeddingsPath, body);

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("param").GetString().ShouldBe(param);
    }

    [Fact]
    public async Task Documents_are_ranked_by_what_they_share_with_the_query()
    {
        Reply reply = await sim.SendAsync(
            "POST",
            RerankingPath,
            """{"model":"qwen3-reranker-4b","query":"capital of Norway","docs":["Bread recipes","Oslo is the capital of Norway","Norway has fjords"]}"""
        );

        GroqContract.ValidateResponse("POST", RerankingPath, reply.Status, reply.Text).ShouldBeEmpty();
        JsonElement[] results = [.. reply.Json.GetProperty("results").EnumerateArray()];
        results
            .Select(result => result.GetProperty("doc").GetString())
            .ShouldBe(["Oslo is the capital of Norway", "Norway has fjords", "Bread recipes"]);
        results[0].GetProperty("score").GetDouble().ShouldBeInRange(0.3, 1);
    }

    [Theory]
    [InlineData("""{"model":"qwen3-reranker-4b","docs":["a"]}""", "query")]
    [InlineData("""{"model":"qwen3-reranker-4b","query":"a"}""", "docs")]
    [InlineData("""{"model":"qwen3-reranker-4b","query":"a","docs":[]}""", "docs")]
    [InlineData("""{"model":"qwen3-reranker-4b","query":"a","docs":["a"],"top_n":1}""", "top_n")]
    public async Task A_mistake_in_a_ranking_names_the_field(string body, string param)
    {
        Reply reply = await sim.SendAsync("POST", RerankingPath, body);

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("param").GetString().ShouldBe(param);
    }

    private static double Likeness(float[] one, float[] other) => one.Zip(other, (a, b) => a * b).Sum();
}
