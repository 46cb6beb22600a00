using GroqKit.Chat;
using GroqKit.TestKit.Contract;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11", "CL-22")]
public sealed class StructuredCallTests
{
    [Fact]
    public async Task A_typed_call_sends_the_schema_and_returns_the_value_beside_the_completion()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            Answers.Text("""{\"value\":[{\"name\":\"Salt\",\"amount\":null}]}"""),
            ("x-request-id", "req_7")
        );
        using GroqClient client = Clients.For(server);

        StructuredCompletion<List<Ingredient>> answer = await client.Chat.CreateAsync<List<Ingredient>>(Requests.Hello);

        answer.Value.ShouldBe([new Ingredient("Salt", null)]);
        answer.Completion.Metadata.RequestId.ShouldBe("req_7");
        answer.Completion.Usage!.TotalTokens.ShouldBe(30);
        string body = server.Requests.Single().Body;
        body.ShouldBe(
            JsonText.Flat(
                """
                {"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"hello"}],
                "response_format":{"type":"json_schema","json_schema":{"name":"List_Ingredient",
                "schema":{"type":"object","properties":{"value":{"type":"array","items":{"type":"object","properties":{
                "name":{"type":"string"},"amount":{"type":["number","null"],"description":"In grams"}},
                "required":["name","amount"],"additionalProperties":false}}},"required":["value"],"additionalProperties":false},
                "strict":true}}}
                """
            )
        );
        GroqContract.ValidateRequest("POST", "/openai/v1/chat/completions", body).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_contract_made_ahead_of_time_serves_the_same_call()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Text("""{\"value\":[]}"""));
        server.Next(200, Answers.Text("""{\"value\":[]}"""));
        using GroqClient client = Clients.For(server);

        var first = await client.Chat.CreateAsync(Requests.Hello, WordsContext.Default.ListIngredient);
        var second = await client.Chat.CreateAsync(
            Requests.Hello,
            StructuredOutput.For(WordsContext.Default.ListIngredient)
        );

        first.Value.ShouldBeEmpty();
        second.Value.ShouldBeEmpty();
        server.Requests[1].Body.ShouldBe(server.Requests[0].Body);
    }

    [Theory]
    [InlineData("openai/gpt-oss-120b", null, true)]
    [InlineData("some/new-model", null, true)]
    [InlineData("llama-3.3-70b-versatile", null, false)]
    [InlineData("llama-3.3-70b-versatile", true, true)]
    [InlineData("openai/gpt-oss-120b", false, false)]
    public void Strictness_follows_the_model_unless_it_is_set(string model, bool? asked, bool expected)
    {
        StructuredOutput<Recipe> output = StructuredOutput.For<Recipe>(new StructuredOptions { Strict = asked });

        ChatRequest request = output.ApplyTo(Requests.Hello with { Model = model });

        request.ResponseFormat!.JsonSchema!.Strict.ShouldBe(expected);
    }

    [Fact]
    public async Task A_typed_call_with_tools_is_refused_before_anything_is_sent()
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);
        ChatRequest request = Requests.Hello with { Tools = [ChatTool.ForFunction("f")] };

        var error = await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync<Recipe>(request));

        error.Parameter.ShouldBe("tools");
        error.Message.ShouldContain("another call");
        handler.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_that_is_not_the_type_tells_the_request_it_came_from()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Text("""{\"value\":\"no list\"}"""), ("x-request-id", "req_8"));
        using GroqClient client = Clients.For(server);

        var error = await Should.ThrowAsync<GroqStructuredOutputException>(() =>
            client.Chat.CreateAsync<List<Ingredient>>(Requests.Hello)
        );

        error.Reason.ShouldBe(StructuredOutputFailure.Mismatch);
        error.RequestId.ShouldBe("req_8");
        error.Text.ShouldBe("""{"value":"no list"}""");
        error.Completion!.Usage!.TotalTokens.ShouldBe(30);
    }

    [Fact]
    public async Task A_stream_that_was_asked_for_a_type_is_read_once_it_is_collected()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(
            Streams.Event(Streams.Chunk("""{"content":"{\"value\""}"""))
                + Streams.Event(Streams.Chunk("""{"content":":7}"}"""))
                + Streams.Event(Streams.Chunk("{}", "\"stop\""))
                + Streams.Done
        );
        using GroqClient client = Clients.For(server);
        StructuredOutput<int> output = StructuredOutput.For<int>();

        await using ChatStream stream = await client.Chat.StreamAsync(output.ApplyTo(Requests.Hello));

        output.Read(await stream.CollectAsync()).ShouldBe(7);
    }
}
