using System.Text.Json;
using GroqKit.Responses;

namespace GroqKit.Tests.Responses;

[Requirement("CL-17")]
public sealed class ResponsesClientTests
{
    internal const string Answer = """
        {"id":"resp_1","object":"response","status":"completed","created_at":5,"model":"m","output":[
        {"type":"reasoning","id":"resp_r","content":[{"type":"reasoning_text","text":"Hm."}],"summary":[]},
        {"type":"mcp_list_tools","id":"l","server_label":"s","tools":[{"name":"t","input_schema":{}}]},
        {"type":"mcp_call","id":"c","server_label":"s","name":"t","arguments":"{}","output":"o","error":null},
        {"type":"brand_new","id":"n","deep":{"a":[1]}},
        {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hi","annotations":[
        {"type":"url_citation","url":"https://example.com","title":"t","start_index":0,"end_index":2}],"logprobs":null}]}],
        "previous_response_id":null,"reasoning":{"effort":"medium","summary":null},"text":{"format":{"type":"text"}},"tools":[
        {"type":"function","name":"f","strict":null}],"tool_choice":{"type":"function","name":"f"},"truncation":"disabled",
        "metadata":{"queue_time":"0.1"},"temperature":1,"top_p":1,"service_tier":"default","error":null,"incomplete_details":null,
        "usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3},"parallel_tool_calls":true,"store":false,"top_logprobs":0}
        """;

    [Fact]
    public async Task A_whole_response_loses_nothing()
    {
        Response answer = await Send(Answer);

        answer.OutputText.ShouldBe("Hi");
        answer.ReasoningText.ShouldBe("Hm.");
        answer.Output[1].Tools![0].Name.ShouldBe("t");
        answer.Output[2].Output.ShouldBe("o");
        answer.Output[3].Type!.Value.Value.ShouldBe("brand_new");
        answer.Output[3].AdditionalProperties!["deep"].GetProperty("a")[0].GetInt32().ShouldBe(1);
        answer.Output[4].Content!.Value.Parts![0].Annotations![0].Url.ShouldBe("https://example.com");
        answer.Pairs!["queue_time"].ShouldBe("0.1");
        answer.ServiceTier.ShouldBe(ResponseServiceTier.Default);
        answer.ToolChoice!.Value.GetProperty("name").GetString().ShouldBe("f");
        answer.Usage!.TotalTokens.ShouldBe(3);
        answer.Usage.CachedTokens.ShouldBe(0);
        answer.TopLogprobs.ShouldBe(0);
    }

    [Fact]
    public async Task The_items_of_an_answer_go_into_the_next_request_as_they_came()
    {
        Response answer = await Send(Answer);
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, "{}");
        using GroqClient client = Clients.For(server);
        ResponseItem[] items = ["first", .. answer.Output, "second"];

        await client.Responses.CreateAsync(new() { Model = "m", Input = items });

        using JsonDocument sent = JsonDocument.Parse(server.Requests.Single().Body);
        JsonElement replayed = sent.RootElement.GetProperty("input");
        replayed.GetArrayLength().ShouldBe(7);
        replayed[4].GetRawText().ShouldBe("""{"type":"brand_new","id":"n","deep":{"a":[1]}}""");
        replayed[5]
            .GetProperty("content")[0]
            .GetProperty("annotations")[0]
            .GetProperty("title")
            .GetString()
            .ShouldBe("t");
    }

    [Fact]
    public async Task A_response_that_failed_is_an_answer_with_an_error()
    {
        Response answer = await Send(
            """{"id":"r","status":"failed","output":[],"error":{"code":"server_error","message":"It broke."}}"""
        );

        answer.Status.ShouldBe(ResponseStatus.Failed);
        answer.Error!.Code.ShouldBe("server_error");
        answer.OutputText.ShouldBeEmpty();
    }

    private static async Task<Response> Send(string json)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, json);
        using GroqClient client = Clients.For(server);
        return await client.Responses.CreateAsync(new() { Model = "m", Input = "hi" });
    }
}
