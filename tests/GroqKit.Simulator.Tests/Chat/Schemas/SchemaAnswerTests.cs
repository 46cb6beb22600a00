using System.Text.Json;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Chat.Schemas;

[Requirement("SM-01")]
public sealed class SchemaAnswerTests(Sim sim) : IClassFixture<Sim>
{
    public static TheoryData<string> Schemas =>
        [
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a","b"],"additionalProperties":false}""",
            """{"type":"object","properties":{"p":{"type":"object","properties":{"q":{"type":"object","properties":{"r":{"type":"boolean"}},"required":["r"]}},"required":["q"]}},"required":["p"]}""",
            """{"type":"object","properties":{"c":{"enum":["red","green",3,null]}},"required":["c"]}""",
            """{"type":"object","properties":{"c":{"const":{"x":[1,"two"]}}},"required":["c"]}""",
            """{"type":"object","properties":{"v":{"type":"string"},"next":{"$ref":"#"}},"required":["v"]}""",
            """{"type":"object","properties":{"v":{"type":"string"},"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["v","next"],"additionalProperties":false}""",
            """{"$defs":{"node":{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/node"}}},"required":["name","children"]}},"$ref":"#/$defs/node"}""",
            """{"$defs":{"a/b~c":{"type":"integer","minimum":5}},"type":"object","properties":{"x":{"$ref":"#/$defs/a~1b~0c"}},"required":["x"]}""",
            """{"type":"object","properties":{"x":{"type":["string","null"]},"y":{"type":["null","integer"]}},"required":["x","y"]}""",
            """{"anyOf":[{"type":"object","properties":{"k":{"const":"a"}},"required":["k"]},{"type":"object","properties":{"k":{"const":"b"}},"required":["k"]}]}""",
            """{"type":"object","properties":{"id":{"type":"integer"}},"required":["id"],"anyOf":[{"properties":{"e":{"type":"string","format":"email"}},"required":["e"]},{"required":["p"]}]}""",
            """{"oneOf":[{"type":"object","properties":{"n":{"type":"number"}},"required":["n"],"additionalProperties":false},{"type":"array"}]}""",
            """{"allOf":[{"type":"object","properties":{"a":{"type":"integer","minimum":3}},"required":["a"]},{"properties":{"a":{"maximum":4},"b":{"type":"string"}},"required":["b"]}]}""",
            """{"allOf":[{"type":"integer","minimum":3},{"minimum":1,"maximum":90},{"maximum":5}]}""",
            """{"$ref":"#/$defs/n","minimum":7,"$defs":{"n":{"type":"integer","minimum":2,"maximum":9}}}""",
            """{"type":"string","pattern":"^[A-Z]{3}-\\d{4}$"}""",
            """{"type":"string","pattern":"^(?:foo|ba[rz])+(?<tail>x?)$","minLength":7,"maxLength":9}""",
            """{"type":"string","pattern":"^[^a-z0-9]{2}[\\w.-]+@[]a]$","minLength":10}""",
            """{"type":"object","properties":{"a":{"type":"string","format":"date-time"},"b":{"type":"string","format":"date"},"c":{"type":"string","format":"time"},"d":{"type":"string","format":"duration"},"e":{"type":"string","format":"uuid"}},"required":["a","b","c","d","e"]}""",
            """{"type":"object","properties":{"a":{"type":"string","format":"ipv4"},"b":{"type":"string","format":"ipv6"},"c":{"type":"string","format":"uri"},"d":{"type":"string","format":"hostname"}},"required":["a","b","c","d"]}""",
            """{"type":"string","minLength":40,"maxLength":41}""",
            """{"type":"string","maxLength":2}""",
            """{"type":"string","maxLength":0}""",
            """{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":0.005}""",
            """{"type":"number","exclusiveMinimum":0.5,"exclusiveMaximum":0.52}""",
            """{"type":"integer","exclusiveMinimum":0.5,"exclusiveMaximum":1.5}""",
            """{"type":"integer","maximum":-7}""",
            """{"type":"number","maximum":-0.001}""",
            """{"type":"integer","multipleOf":0.4,"minimum":3}""",
            """{"type":"number","multipleOf":0.25,"minimum":10.1,"maximum":10.3}""",
            """{"type":"integer","minimum":999999999999,"maximum":999999999999}""",
            """{"type":"array","items":{"type":"integer"},"minItems":3,"maxItems":4}""",
            """{"type":"array","items":{"enum":[1,2,3]},"minItems":3,"uniqueItems":true}""",
            """{"type":"array","items":{"type":"boolean"},"uniqueItems":true}""",
            """{"type":"array","prefixItems":[{"type":"string"},{"type":"number"}],"items":false}""",
            """{"type":"array","maxItems":0}""",
            """{"type":"object","additionalProperties":{"type":"integer","minimum":1}}""",
            """{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}},"minProperties":3}""",
            """{"type":"object","properties":{"a":{},"b":{},"c":{}},"required":["b"],"maxProperties":2}""",
            """{"type":"object","required":["free"]}""",
            """{"type":"object"}""",
            """{"type":"null"}""",
            """{}""",
        ];

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task An_answer_conforms_to_the_schema(string schema)
    {
        foreach (string prompt in (string[])["Plan a trip to Oslo.", "🦙🦙🦙 日本語", "x"])
        {
            Reply reply = await sim.ChatAsync(
                Sim.Chat(
                    $$$"""
                    "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{{{schema}}}}}
                    """,
                    prompt: prompt
                )
            );

            reply.Status.ShouldBe(200, reply.Text);
            JsonSchemaValidator
                .Validate(JsonElement.Parse(schema), JsonElement.Parse(reply.Content))
                .ShouldBeEmpty(reply.Content);
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task The_arguments_of_a_call_conform_to_the_schema(string schema)
    {
        Reply reply = await sim.ChatAsync(
            Sim.Chat(
                $$$"""
                "tool_choice":"required","tools":[{"type":"function","function":{"name":"act","parameters":{{{schema}}}}}]
                """
            )
        );

        string arguments = reply
            .Message.GetProperty("tool_calls")[0]
            .GetProperty("function")
            .GetProperty("arguments")
            .GetString()!;
        JsonSchemaValidator.Validate(JsonElement.Parse(schema), JsonElement.Parse(arguments)).ShouldBeEmpty(arguments);
    }

    [Theory]
    [InlineData("""{"type":"integer","minimum":1.2,"maximum":1.8}""", "schema")]
    [InlineData("""{"type":"number","minimum":2,"maximum":1}""", "schema")]
    [InlineData("""{"type":"number","exclusiveMinimum":1,"maximum":1}""", "schema")]
    [InlineData("""{"type":"integer","multipleOf":7,"minimum":8,"maximum":13}""", "schema")]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"string","minLength":3,"maxLength":2}},"required":["a"]}""",
        "schema.properties.a"
    )]
    [InlineData("""{"type":"array","items":{"enum":[]},"minItems":1}""", "schema.items.enum")]
    [InlineData("""{"type":"array","minItems":2,"maxItems":1}""", "schema.minItems")]
    [InlineData("""{"anyOf":[{"type":"integer","minimum":3,"maximum":2},false]}""", "schema.anyOf[0]")]
    [InlineData("""{"type":"object","properties":{"a":false},"required":["a"]}""", "schema.properties.a")]
    public async Task A_schema_that_nothing_satisfies_is_refused_by_its_place(string schema, string place)
    {
        Reply format = await sim.ChatAsync(
            Sim.Chat(
                $$$"""
                "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{{{schema}}}}}
                """
            )
        );
        Reply tool = await sim.ChatAsync(
            Sim.Chat(
                $$$"""
                "tools":[{"type":"function","function":{"name":"act","parameters":{{{schema}}}}}]
                """
            )
        );

        format.Status.ShouldBe(400);
        format.Error.GetProperty("message").GetString()!.ShouldContain($"response_format.json_schema.{place}");
        tool.Status.ShouldBe(400);
        tool.Error.GetProperty("param").GetString().ShouldBe("tools[0].function.parameters");
    }

    [Theory]
    [InlineData("""{"type":["integer","null"],"minimum":1.2,"maximum":1.8}""", "null")]
    [InlineData("""{"anyOf":[{"type":"integer","minimum":3,"maximum":2},{"const":7}]}""", "7")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","minimum":3,"maximum":2}}}""", "{}")]
    public async Task What_is_impossible_is_left_out_where_something_else_is_possible(string schema, string answer)
    {
        Reply reply = await sim.ChatAsync(
            Sim.Chat(
                $$$"""
                "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{{{schema}}}}}
                """
            )
        );

        reply.Content.ShouldBe(answer);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"},"b":{"$ref":"#"}},"required":["a","b"]}""")]
    [InlineData("""{"type":"array","items":{"$ref":"#"},"minItems":2}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":1000000000}""")]
    [InlineData("""{"type":"object","minProperties":1000000000}""")]
    [InlineData("""{"anyOf":[{"$ref":"#"}]}""")]
    public async Task A_schema_that_no_answer_can_meet_is_a_failed_generation(string schema)
    {
        Reply reply = await sim.ChatAsync(
            Sim.Chat(
                $$$"""
                "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{{{schema}}}}}
                """
            )
        );

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("code").GetString().ShouldBe("json_validate_failed");
        reply.Error.GetProperty("failed_generation").GetString().ShouldBe("");
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""")]
    [InlineData("""{"$ref":"#/nowhere"}""")]
    [InlineData("""{"type":"string","pattern":"((a{1000}){1000}){1000}"}""")]
    [InlineData("""{"type":"string","pattern":"a{x}(?=b)[^ -~]\\bq"}""")]
    [InlineData("""{"type":"string","pattern":"((((("}""")]
    [InlineData("""{"type":"string","minLength":2000000000}""")]
    [InlineData("""{"type":7,"enum":5,"properties":[],"items":1,"required":"x","anyOf":{}}""")]
    [InlineData("""{"minimum":1e300,"type":"number","multipleOf":0}""")]
    public async Task A_strange_schema_is_answered_all_the_same(string schema)
    {
        Reply reply = await sim.ChatAsync(
            Sim.Chat(
                $$$"""
                "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{{{schema}}}}}
                """
            )
        );

        reply.Status.ShouldBe(200, reply.Text);
        JsonElement.Parse(reply.Content).ValueKind.ShouldNotBe(JsonValueKind.Undefined);
    }
}
