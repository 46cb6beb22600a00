using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Consumers;

[Requirement("CL-28", "CL-11")]
public sealed class ToolLoopTests
{
    private const string Model = "openai/gpt-oss-120b";
    private readonly ScriptedHandler _handler = new();
    private readonly List<string> _ran = [];

    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_function_without_parameters_is_run_and_its_result_used(bool streams)
    {
        Asks(streams, ("GetSecretNumber", "{}"));
        Says(streams, request => $"It is {Results(request).Single()}.");

        ChatResponse answer = await AskAsync(streams, AIFunctionFactory.Create(() => 42, "GetSecretNumber"));

        answer.Text.ShouldContain("42");
        answer.Usage!.InputTokenCount.ShouldBe(40);
        answer.Usage.OutputTokenCount.ShouldBe(20);
        answer.Usage.TotalTokenCount.ShouldBe(60);
        answer
            .Messages.Select(message => message.Role)
            .ShouldBe([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant]);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Arguments_arrive(bool streams)
    {
        Asks(streams, ("SecretComputation", """{"a":42,"b":84}"""));
        Says(streams, request => Results(request).Single());

        (await AskAsync(streams, AIFunctionFactory.Create((int a, int b) => a * b, "SecretComputation"))).Text.ShouldBe(
            "3528"
        );
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Optional_arguments_may_be_missing(bool streams)
    {
        Asks(streams, ("GetSecretNumberById", """{"id":"foo"}"""));
        Says(streams, request => Results(request).Single());
        AIFunction function = AIFunctionFactory.Create(
            (string id = "bar", int plus = 2) => id == "foo" ? 40 + plus : -1,
            "GetSecretNumberById"
        );

        (await AskAsync(streams, function)).Text.ShouldBe("42");
        Sent(0)
            .GetProperty("tools")[0]
            .GetProperty("function")
            .GetProperty("parameters")
            .TryGetProperty("required", out _)
            .ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Nested_arguments_and_arrays_arrive_in_order(bool streams)
    {
        Asks(streams, ("Cart", """{"person":{"name":"Peter","age":19},"items":["bacon","lettuce","tomatoes"]}"""));
        Says(streams, request => Results(request).Single());
        AIFunction function = AIFunctionFactory.Create(
            (Person person, string[] items) => $"{person.Name} {person.Age}: {string.Join(", ", items)}",
            "Cart"
        );

        (await AskAsync(streams, function)).Text.ShouldBe("Peter 19: bacon, lettuce, tomatoes");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Parallel_calls_are_all_answered_under_their_ids(bool streams)
    {
        Asks(streams, ("GetAge", """{"name":"Elsa"}"""), ("GetAge", """{"name":"Anna"}"""));
        Says(streams, request => string.Join('-', Results(request)));
        AIFunction function = AIFunctionFactory.Create((string name) => name == "Elsa" ? 21 : 18, "GetAge");

        (await AskAsync(streams, function)).Text.ShouldBe("21-18");

        JsonElement messages = Sent(1).GetProperty("messages");
        messages
            .EnumerateArray()
            .Skip(2)
            .Select(message => message.GetProperty("tool_call_id").GetString())
            .ShouldBe(["call_0", "call_1"]);
        messages[1].GetProperty("tool_calls").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_duty_to_call_holds_for_the_first_round_only(bool streams)
    {
        Asks(streams, ("ShieldsUp", "{}"));
        Says(streams, _ => "Shields are up.");
        AIFunction other = AIFunctionFactory.Create(() => "never", "GetSecretNumber");
        AIFunction shields = AIFunctionFactory.Create(() => _ran.Add("shields"), "ShieldsUp");

        await AskAsync(
            streams,
            new ChatOptions { ToolMode = ChatToolMode.RequireSpecific("ShieldsUp") },
            other,
            shields
        );

        _ran.ShouldBe(["shields"]);
        Sent(0)
            .GetProperty("tool_choice")
            .GetProperty("function")
            .GetProperty("name")
            .GetString()
            .ShouldBe("ShieldsUp");
        Sent(1).TryGetProperty("tool_choice", out _).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_goes_wrong_in_a_function_is_told_without_its_secrets(bool streams)
    {
        Asks(streams, ("Fails", "{}"), ("Unknown", "{}"), ("Fails", "not json"));
        Says(streams, request => string.Join('|', Results(request)));
        AIFunction function = AIFunctionFactory.Create(
            string () => throw new InvalidOperationException("password=1"),
            "Fails"
        );

        (await AskAsync(streams, function)).Text.ShouldBe(
            "Error: the tool failed.|There is no function Unknown.|The arguments are not JSON."
        );
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_declaration_is_the_callers_to_answer(bool streams)
    {
        Asks(streams, ("add", """{"a":1}"""));

        ChatResponse answer = await AskAsync(streams, Chat.Tools.Add);

        _handler.Calls.ShouldBe(1);
        answer.Messages.Single().Contents.OfType<FunctionCallContent>().Single().Arguments!["a"]!
            .ToString()
            .ShouldBe("1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    public async Task Schemas_of_every_kind_are_accepted(bool? strict)
    {
        Says(false, _ => "The tower is in Paris.");
        AITool[] tools =
        [
            AIFunctionFactory.Create((int? a, string? b, DateTime c, DateTimeOffset d, TimeSpan e) => 1, "Dates"),
            AIFunctionFactory.Create((decimal a, double b, float c, char d, byte e, Guid f, Uri g) => 1, "Scalars"),
            AIFunctionFactory.Create((Days a, DayOfWeek b = DayOfWeek.Monday) => 1, "Enums"),
            AIFunctionFactory.Create((Dictionary<string, int> a, List<Person> b, object c) => 1, "Map"),
            AIFunctionFactory.Create(([Description("Who.")] Person a, CancellationToken token) => 1, "Described"),
            AIFunctionFactory.CreateDeclaration(
                "Raw",
                null,
                JsonElement.Parse(
                    """{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"a":{"type":["integer","null"],"minimum":1,"maximum":5,"default":3},"b":true},"additionalProperties":true}"""
                )
            ),
        ];
        var options = new ChatOptions { MaxOutputTokens = 100, AdditionalProperties = [] };
        if (strict is not null)
            options.AdditionalProperties["strict"] = strict;

        (await AskAsync(false, options, tools)).Text.ShouldContain("Paris");

        JsonElement.ArrayEnumerator sent = Sent(0).GetProperty("tools").EnumerateArray();
        sent.Count().ShouldBe(tools.Length);
        foreach (JsonElement function in sent.Select(tool => tool.GetProperty("function")))
        {
            JsonElement parameters = function.GetProperty("parameters");
            parameters.GetProperty("type").GetString().ShouldBe("object");
            function.TryGetProperty("strict", out JsonElement isStrict).ShouldBe(strict is not null);
            if (strict != true)
                continue;
            // A map has no names that could all be required.
            bool isMap = function.GetProperty("name").GetString() == "Map";
            isStrict.GetBoolean().ShouldBe(!isMap);
            if (isMap)
                continue;
            parameters.GetProperty("additionalProperties").ValueKind.ShouldBe(JsonValueKind.False);
            parameters
                .GetProperty("required")
                .EnumerateArray()
                .Select(name => name.GetString())
                .ShouldBe(parameters.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        }
    }

    private void Asks(bool streams, params (string Name, string Arguments)[] calls)
    {
        var deltas = calls.Select(
            (call, index) =>
                $$$"""{"tool_calls":[{"index":{{{index}}},"id":"call_{{{index}}}","type":"function","function":{"name":"{{{call.Name}}}","arguments":{{{JsonSerializer.Serialize(call.Arguments)}}}}}]}"""
        );
        if (streams)
        {
            ScriptedStream stream = deltas.Aggregate(
                ScriptedStream.Empty.Begin(),
                (before, delta) => before.Delta(delta)
            );
            _handler.Next(ScriptedAnswer.Stream(stream.End("tool_calls")));
            return;
        }
        string whole = string.Join(',', deltas.Select(delta => JsonElement.Parse(delta).GetProperty("tool_calls")[0]));
        _handler.Next(
            200,
            $$$"""{"id":"a","model":"m","choices":[{"index":0,"message":{"role":"assistant","tool_calls":[{{{whole}}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":20,"completion_tokens":10,"total_tokens":30}}"""
        );
    }

    private void Says(bool streams, Func<RecordedRequest, string> text) =>
        _handler.Next(request => streams ? ScriptedAnswer.Stream(text(request)) : ScriptedAnswer.Chat(text(request)));

    private Task<ChatResponse> AskAsync(bool streams, params AITool[] tools) =>
        AskAsync(streams, new ChatOptions(), tools);

    private async Task<ChatResponse> AskAsync(bool streams, ChatOptions options, params AITool[] tools)
    {
        options.Tools = tools;
        using GroqClient groq = _handler.CreateClient();
        using IChatClient chat = new ToolLoop(groq.AsIChatClient(Model));
        return streams
            ? await chat.GetStreamingResponseAsync("go", options).ToChatResponseAsync()
            : await chat.GetResponseAsync("go", options);
    }

    private JsonElement Sent(int call) => _handler.Requests[call].Json;

    private static IEnumerable<string> Results(RecordedRequest request) =>
        request
            .Json.GetProperty("messages")
            .EnumerateArray()
            .Where(message => message.GetProperty("role").GetString() == "tool")
            .Select(message => message.GetProperty("content").GetString()!);

    [Flags]
    internal enum Days
    {
        None = 0,
        Weekdays = 1,
        Weekend = 2,
    }

    internal sealed record Person(string Name, int Age);
}
