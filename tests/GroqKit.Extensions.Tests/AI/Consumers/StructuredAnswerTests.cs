using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Consumers;

/// <summary>What typed answers of the ecosystem rest on: a format made of a type goes out, JSON comes back.</summary>
[Requirement("CL-28", "CL-11")]
public sealed class StructuredAnswerTests
{
    private static readonly JsonSerializerOptions Json = new(AIJsonUtilities.DefaultOptions)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    [Fact]
    public async Task A_type_is_asked_for_by_its_schema()
    {
        var (answer, sent) = await AskAsync(
            """{"fullName":"Jimbo Smith","ageInYears":35,"job":"Programmer"}""",
            new() { ResponseFormat = ChatResponseFormat.ForJsonSchema<Person>(Json) }
        );

        JsonSerializer.Deserialize<Person>(answer.Text, Json).ShouldBe(new Person("Jimbo Smith", 35, Job.Programmer));
        JsonElement format = sent.GetProperty("response_format");
        format.GetProperty("type").GetString().ShouldBe("json_schema");
        JsonElement schema = format.GetProperty("json_schema").GetProperty("schema");
        schema
            .GetProperty("properties")
            .EnumerateObject()
            .Select(property => property.Name)
            .ShouldBe(["fullName", "ageInYears", "job"]);
        format.GetProperty("json_schema").GetProperty("name").GetString().ShouldBe("Person");
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", """["a","b"]""")]
    [InlineData("""{"type":"integer"}""", "15")]
    [InlineData("""{"type":"string"}""", "\"Jimbo Smith\"")]
    [InlineData("""{"type":"boolean"}""", "true")]
    [InlineData("""{"enum":["PopStar","Programmer"]}""", "\"PopStar\"")]
    public async Task A_value_is_asked_for_in_an_object_around_it(string value, string data)
    {
        JsonElement schema = JsonElement.Parse(
            $$$"""{"type":"object","properties":{"data":{{{value}}}},"required":["data"],"additionalProperties":false}"""
        );

        var (answer, sent) = await AskAsync(
            $$"""{"data":{{data}}}""",
            new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "wrapped") }
        );

        JsonElement.Parse(answer.Text).GetProperty("data").GetRawText().ShouldBe(data);
        JsonElement
            .DeepEquals(sent.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema"), schema)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task With_functions_the_format_is_said_and_both_are_served()
    {
        ScriptedHandler handler = new ScriptedHandler()
            .Next(ScriptedAnswer.ToolCall("GetPersonById", """{"id":123}"""))
            .Next(ScriptedAnswer.Chat("""{"fullName":"Jimbo Smith","ageInYears":35,"job":"Programmer"}"""));
        using GroqClient groq = handler.CreateClient();
        using IChatClient chat = new ToolLoop(groq.AsIChatClient("openai/gpt-oss-120b"));

        ChatResponse answer = await chat.GetResponseAsync(
            "Who is 123?",
            new()
            {
                ResponseFormat = ChatResponseFormat.ForJsonSchema<Person>(Json),
                Tools =
                [
                    AIFunctionFactory.Create(
                        (int id) => id == 123 ? "Jimbo Smith, 35, programmer" : "",
                        "GetPersonById"
                    ),
                ],
            }
        );

        JsonSerializer.Deserialize<Person>(answer.Text, Json)!.FullName.ShouldBe("Jimbo Smith");
        handler.Requests.Count.ShouldBe(2);
        foreach (RecordedRequest request in handler.Requests)
        {
            request.Json.TryGetProperty("response_format", out _).ShouldBeFalse();
            request.Chat.Messages[0].Content!.Value.Text!.ShouldContain("fullName");
        }
    }

    [Fact]
    public async Task Without_a_schema_any_object_is_asked_for()
    {
        var (_, sent) = await AskAsync("{}", new() { ResponseFormat = ChatResponseFormat.Json });

        sent.GetProperty("response_format").GetRawText().ShouldBe("""{"type":"json_object"}""");
    }

    private static async Task<(ChatResponse Answer, JsonElement Sent)> AskAsync(string text, ChatOptions options)
    {
        ScriptedHandler handler = new ScriptedHandler().Next(ScriptedAnswer.Chat(text));
        using GroqClient groq = handler.CreateClient();
        ChatResponse answer = await groq.AsIChatClient("openai/gpt-oss-120b").GetResponseAsync("go", options);
        return (answer, handler.Requests.Single().Json);
    }

    internal enum Job
    {
        PopStar,
        Programmer,
    }

    internal sealed record Person(string FullName, int AgeInYears, Job Job);
}
