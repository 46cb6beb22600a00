using GroqKit.Embeddings;

namespace GroqKit.Tests.Embeddings;

[Requirement("CL-17")]
public sealed class EmbeddingsClientTests
{
    private static readonly EmbeddingRequest Request = new() { Model = "m", Input = new[] { "a", "b" } };

    [Fact]
    public async Task Both_encodings_give_the_same_vector()
    {
        float[] numbers = [0.25f, -1.5f, 3.4028235E+38f];
        string base64 = Convert.ToBase64String(numbers.SelectMany(BitConverter.GetBytes).ToArray());

        EmbeddingList answer = await Send(
            $$$"""
            {"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.25,-1.5,3.4028235E+38]},
            {"object":"embedding","index":1,"embedding":"{{{base64}}}","new":1}],"usage":{"prompt_tokens":2,"total_tokens":3}}
            """
        );

        answer.Data[0].Vector.ToArray().ShouldBe(numbers);
        answer.Data[1].Vector.ToArray().ShouldBe(numbers);
        answer.Data[1].Index.ShouldBe(1);
        answer.Data[1].AdditionalProperties!["new"].GetInt32().ShouldBe(1);
        answer.Usage!.TotalTokens.ShouldBe(3);
    }

    [Theory]
    [InlineData("\"AAAA\"")]
    [InlineData("\"?\"")]
    [InlineData("[1,\"2\"]")]
    [InlineData("{}")]
    public async Task A_vector_that_is_none_is_a_typed_error(string vector)
    {
        var error = await Should.ThrowAsync<GroqServerException>(() =>
            Send($$$"""{"data":[{"index":0,"embedding":{{{vector}}}}]}""")
        );

        error.Body!.ShouldContain(vector);
    }

    private static async Task<EmbeddingList> Send(string json)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, json);
        using GroqClient client = Clients.For(server);
        return await client.Embeddings.CreateAsync(Request);
    }
}
