using GroqKit.Reranking;

namespace GroqKit.Tests.Reranking;

[Requirement("CL-17")]
public sealed class RerankingClientTests
{
    [Fact]
    public async Task Documents_come_back_with_their_scores()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"results":[{"doc":"b","score":0.9},{"doc":"a","score":0.1}],"model":"m"}""");
        using GroqClient client = Clients.For(server);

        Ranking ranking = await client.Reranking.CreateAsync(
            new()
            {
                Model = "m",
                Query = "q",
                Docs = ["a", "b"],
            }
        );

        ranking.Results.Select(one => (one.Doc, one.Score)).ShouldBe([("b", 0.9), ("a", 0.1)]);
        ranking.AdditionalProperties!["model"].GetString().ShouldBe("m");
    }
}
