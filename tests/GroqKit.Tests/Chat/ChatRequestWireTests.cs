using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Json;

namespace GroqKit.Tests.Chat;

[Requirement("CL-10", "CL-11")]
public sealed class ChatRequestWireTests
{
    public static TheoryData<string> Names() => [.. ChatRequestSamples.All().Select(sample => sample.Name)];

    [Fact]
    public async Task A_request_goes_out_exactly_as_written_here()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, "{}");
        using GroqClient client = Clients.For(server);

        await client.Chat.CreateAsync(
            new ChatRequest
            {
                Model = "openai/gpt-oss-120b",
                Messages =
                [
                    ChatMessage.System("Sei knapp – ünd 'klar' <b>"),
                    "hello",
                    ChatMessage.Assistant(null, ToolCall.Create("call_1", "f", """{"a":1}""")),
                    ChatMessage.Tool("call_1", "21"),
                ],
                Temperature = 0.5,
                Stop = ["\n"],
                Tools = [ChatTool.ForFunction("f", "d", """{"type":"object"}""", strict: true), ChatTool.BrowserSearch],
                ToolChoice = ToolChoice.ForFunction("f"),
                ReasoningEffort = ReasoningEffort.High,
                ServiceTier = "brand_new",
                ExtraBody = new() { ["new_parameter"] = ChatRequestSamples.Json("[1,null]") },
            }
        );

        StubRequest request = server.Requests.Single();
        request.Method.ShouldBe("POST");
        request.Target.ShouldBe("/openai/v1/chat/completions");
        request.Headers["content-type"].ShouldBe("application/json");
        Sorted(request.Body)
            .ShouldBe(
                Sorted(
                    """
                    {"model":"openai/gpt-oss-120b","messages":[{"role":"system","content":"Sei knapp – ünd 'klar' <b>"},
                    {"role":"user","content":"hello"},
                    {"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},
                    {"role":"tool","content":"21","tool_call_id":"call_1"}],"temperature":0.5,"stop":["\n"],
                    "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}},
                    {"type":"browser_search"}],"tool_choice":{"type":"function","function":{"name":"f"}},"reasoning_effort":"high",
                    "service_tier":"brand_new","new_parameter":[1,null]}
                    """
                )
            );
        request.Body.ShouldContain("– ünd 'klar' <b>");
    }

    [Fact]
    public async Task A_stream_asks_for_events_and_leaves_the_request_as_it_was()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(Streams.Minimal);
        using GroqClient client = Clients.For(server);
        ChatRequest request = Requests.Hello;

        await using ChatStream stream = await client.Chat.StreamAsync(request);
        await stream.CollectAsync();

        server.Requests.Single().Headers["accept"].ShouldBe("text/event-stream");
        server
            .Requests.Single()
            .Body.ShouldBe(
                """{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"hello"}],"stream":true}"""
            );
        JsonSerializer
            .Serialize(request, GroqJson.Context.ChatRequest)
            .ShouldBe("""{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"hello"}]}""");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_sample_is_sent_and_reads_back_as_the_same_request(string name)
    {
        ChatRequest request = ChatRequestSamples.All().Single(sample => sample.Name == name).Request;
        string? body = null;
        var handler = new ScriptedHandler().Next(
            async (message, token) =>
            {
                body = await message.Content!.ReadAsStringAsync(token);
                return new HttpResponseMessage { Content = new StringContent("{}") };
            }
        );
        using GroqClient client = Clients.For(handler);

        await client.Chat.CreateAsync(request);

        // The hand-tuned writer and the generated one must not differ in a single byte.
        body.ShouldBe(JsonSerializer.Serialize(request, GroqJson.Context.ChatRequest));
        ChatRequest read = JsonSerializer.Deserialize(body!, GroqJson.Context.ChatRequest)!;
        JsonSerializer.Serialize(read, GroqJson.Context.ChatRequest).ShouldBe(body);
        read.ExtraBody.ShouldBeNull();
    }

    [Fact]
    public async Task Requests_that_are_written_at_once_do_not_mix()
    {
        var handler = new EchoHandler();
        using GroqClient client = Clients.For(handler);

        string[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        string text = new((char)('a' + i % 26), 100 + (i % 3) * 300_000);
                        await client.Chat.CreateAsync(new ChatRequest { Model = $"m{i}", Messages = [text] });
                        return text;
                    })
                )
        );

        handler
            .Bodies.Order(StringComparer.Ordinal)
            .ShouldBe(
                answers
                    .Select((text, i) => $$"""{"model":"m{{i}}","messages":[{"role":"user","content":"{{text}}"}]}""")
                    .Order(StringComparer.Ordinal)
            );
    }

    [Fact]
    public void The_samples_use_every_property_of_a_request()
    {
        string[] used =
        [
            .. ChatRequestSamples
                .All()
                .SelectMany(sample =>
                    ChatRequestSamples
                        .Json(JsonSerializer.Serialize(sample.Request, GroqJson.Context.ChatRequest))
                        .EnumerateObject()
                        .Select(property => property.Name)
                )
                .Distinct(),
        ];
        // "stream" is the client's to set; "debug" is not part of the contract.
        string[] expected =
        [
            .. GroqJson
                .Context.ChatRequest.Properties.Where(property => property is { IsExtensionData: false, Get: not null })
                .Select(property => property.Name)
                .Except(["stream", "debug"]),
        ];

        used.ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    [Requirement("CL-23")]
    public void Secrets_of_tools_do_not_show_in_text()
    {
        ChatTool.Connector("mail", ConnectorId.Gmail, "ya29.token").ToString().ShouldNotContain("ya29");
        new WolframSettings { Authorization = "wolfram-key" }
            .ToString()
            .ShouldNotContain("wolfram-key");
    }

    private static string Sorted(string json)
    {
        string Write(JsonElement element) =>
            element.ValueKind switch
            {
                JsonValueKind.Object => "{"
                    + string.Join(
                        ",",
                        element
                            .EnumerateObject()
                            .OrderBy(property => property.Name, StringComparer.Ordinal)
                            .Select(property => $"{property.Name}:{Write(property.Value)}")
                    )
                    + "}",
                JsonValueKind.Array => "[" + string.Join(",", element.EnumerateArray().Select(Write)) + "]",
                JsonValueKind.String => $"\"{element.GetString()}\"",
                _ => element.GetRawText(),
            };
        return Write(ChatRequestSamples.Json(json));
    }
}
