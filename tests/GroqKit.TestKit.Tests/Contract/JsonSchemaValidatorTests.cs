using System.Text.Json;
using GroqKit.TestKit.Contract;

namespace GroqKit.TestKit.Tests.Contract;

public sealed class JsonSchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"")]
    [InlineData("""{"type":["string","null"]}""", "null")]
    [InlineData("""{"type":"integer"}""", "1.0")]
    [InlineData("""{"type":"integer"}""", "-3")]
    [InlineData("""{"type":"number"}""", "1e3")]
    [InlineData("""{"type":"boolean"}""", "false")]
    [InlineData("""{"type":"string","nullable":true,"enum":["a"]}""", "null")]
    [InlineData("""{"enum":[1,{"a":[1]}]}""", """{"a":[1.0]}""")]
    [InlineData("""{"const":null}""", "null")]
    [InlineData("true", "7")]
    [InlineData("{}", "[1]")]
    [InlineData("""{"minimum":0.1,"maximum":0.3}""", "0.1")]
    [InlineData("""{"exclusiveMinimum":1}""", "1.0000001")]
    [InlineData("""{"multipleOf":0.01}""", "4.35")]
    [InlineData("""{"maxLength":1}""", "\"😀\"")]
    [InlineData("""{"pattern":"^[a-z]{2}$"}""", "\"ab\"")]
    [InlineData("""{"pattern":"b"}""", "\"abc\"")]
    [InlineData("""{"pattern":"[$]\\$"}""", "\"$$\"")]
    [InlineData("""{"required":["a"]}""", "\"not an object\"")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}""", """["a",1,2]""")]
    [InlineData("""{"prefixItems":[{"type":"string"},{"type":"string"}]}""", """["a"]""")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":false}""", """["a"]""")]
    [InlineData("""{"uniqueItems":true}""", """[1,"1",[1]]""")]
    [InlineData(
        """{"properties":{"a":true},"patternProperties":{"^x-":true},"additionalProperties":false}""",
        """{"a":1,"x-b":2}"""
    )]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"string"}]}""", "1")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"minimum":0}]}""", "1")]
    [InlineData("""{"allOf":[{"minimum":0},{"maximum":2}]}""", "1")]
    [InlineData("""{"not":{"type":"string"}}""", "1")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"c":1}""")]
    [InlineData("""{"propertyNames":{"pattern":"^[a-z]$"}}""", """{"a":1}""")]
    public void A_value_that_fits_has_no_errors(string schema, string value) => Errors(schema, value).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"type":"string"}""", "1", "(root): 1 is not of type string")]
    [InlineData("""{"type":["string","null"]}""", "1", "(root): 1 is not of type string or null")]
    [InlineData("""{"type":"string"}""", "null", "(root): null is not of type string")]
    [InlineData("""{"type":"integer"}""", "1.5", "(root): 1.5 is not of type integer")]
    [InlineData("""{"type":"number"}""", "\"1\"", "(root): \"1\" is not of type number")]
    [InlineData("""{"type":"boolean"}""", "0", "(root): 0 is not of type boolean")]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", "(root): \"c\" is not one of [\"a\",\"b\"]")]
    [InlineData("""{"const":1}""", "2", "(root): 2 is not 1")]
    [InlineData("false", "1", "(root): nothing is allowed here")]
    [InlineData("""{"minimum":0}""", "-0.1", "(root): -0.1 is below 0")]
    [InlineData("""{"maximum":2}""", "3", "(root): 3 is above 2")]
    [InlineData("""{"exclusiveMinimum":1}""", "1", "(root): 1 is not above 1")]
    [InlineData("""{"exclusiveMaximum":1}""", "1", "(root): 1 is not below 1")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":true}""", "1", "(root): 1 is not above 1")]
    [InlineData("""{"maximum":1,"exclusiveMaximum":true}""", "1", "(root): 1 is not below 1")]
    [InlineData("""{"multipleOf":0.01}""", "4.355", "(root): 4.355 is not a multiple of 0.01")]
    [InlineData("""{"minLength":2}""", "\"😀\"", "(root): has 1 characters, fewer than 2")]
    [InlineData("""{"maxLength":2}""", "\"abc\"", "(root): has 3 characters, more than 2")]
    [InlineData("""{"pattern":"^a$"}""", "\"a\\n\"", "(root): does not match ^a$")]
    [InlineData("""{"pattern":"^\\d$"}""", "\"٣\"", "(root): does not match ^\\d$")]
    [InlineData("""{"minItems":1}""", "[]", "(root): has 0 items, fewer than 1")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "(root): has 2 items, more than 1")]
    [InlineData("""{"uniqueItems":true}""", "[1,2,1.0]", "/2: appears twice")]
    [InlineData("""{"items":{"type":"string"}}""", """["a",1]""", "/1: 1 is not of type string")]
    [InlineData("""{"prefixItems":[true],"items":false}""", """["a",1]""", "/1: nothing is allowed here")]
    [InlineData("""{"required":["a"]}""", "{}", "(root): lacks 'a'")]
    [InlineData("""{"additionalProperties":false}""", """{"a/b~":1}""", "/a~1b~0: is not a known member")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"a":1}""", "/a: 1 is not of type string")]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"const":1}}}}}""", """{"a":{"b":2}}""", "/a/b: 2 is not 1")]
    [InlineData("""{"patternProperties":{"^x":{"const":1}}}""", """{"x1":2}""", "/x1: 2 is not 1")]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"ab":2}""", "/ab: has 2 characters, more than 1")]
    [InlineData("""{"minProperties":1}""", "{}", "(root): has 0 members, fewer than 1")]
    [InlineData("""{"maxProperties":0}""", """{"a":1}""", "(root): has 1 members, more than 0")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "(root): lacks 'b', which 'a' needs")]
    [InlineData("{}", """{"a":1,"a":2}""", "/a: appears twice")]
    [InlineData("""{"not":{"type":"integer"}}""", "1", "(root): matches what is ruled out")]
    [InlineData("""{"allOf":[{"minimum":0},{"maximum":2}]}""", "3", "(root): 3 is above 2")]
    [InlineData(
        """{"oneOf":[{"type":"integer"},{"minimum":0}]}""",
        "1",
        "(root): matches 2 alternatives where exactly one may"
    )]
    public void A_value_that_does_not_fit_has_one_error_with_its_path(string schema, string value, string error) =>
        Errors(schema, value).ShouldBe([error]);

    [Fact]
    public void Every_error_is_listed_and_not_only_the_first() =>
        Errors(
                """{"required":["c"],"properties":{"a":{"type":"string"},"b":{"items":{"minimum":1}}}}""",
                """{"a":1,"b":[1,0,0]}"""
            )
            .ShouldBe(["/a: 1 is not of type string", "/b/1: 0 is below 1", "/b/2: 0 is below 1", "(root): lacks 'c'"]);

    [Fact]
    public void When_no_alternative_fits_the_nearest_one_tells_why() =>
        Errors(
                """{"anyOf":[{"type":"string"},{"items":{"required":["text"]},"type":"array"}]}""",
                """[{"text":1},{}]"""
            )
            .ShouldBe(["(root): matches none of 2 alternatives", "/1: lacks 'text'"]);

    [Fact]
    public void A_discriminator_reports_the_errors_of_the_branch_it_names()
    {
        const string schema = """
            {
              "items": {
                "oneOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}],
                "discriminator": {"propertyName": "kind", "mapping": {"a": "#/$defs/a", "b": "#/$defs/b"}}
              },
              "$defs": {"a": {"required": ["x"]}, "b": {"required": ["y"]}}
            }
            """;

        Errors(schema, """[{"kind":"a","x":1},{"kind":"b","x":1},{"kind":"c"},{}]""")
            .ShouldBe(["/1: lacks 'y'", "/2/kind: \"c\" is not one of a, b", "/3: lacks 'kind'"]);
    }

    [Fact]
    public void A_recursive_schema_follows_the_value_down()
    {
        const string schema = """
            {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{
              "value":{"type":"integer"},
              "next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},
              "required":["value","next"],"additionalProperties":false}}}
            """;

        Errors(schema, """{"value":1,"next":{"value":2,"next":null}}""").ShouldBeEmpty();
        Errors(schema, """{"value":1,"next":{"value":"2","next":null}}""")
            .ShouldBe(["/next: matches none of 2 alternatives", "/next/value: \"2\" is not of type integer"]);
    }

    [Fact]
    public void A_reference_to_the_root_and_an_escaped_pointer_are_followed()
    {
        Errors("""{"properties":{"child":{"$ref":"#"}},"required":["id"]}""", """{"id":1,"child":{}}""")
            .ShouldBe(["/child: lacks 'id'"]);
        Errors("""{"$ref":"#/$defs/a~1b%20c","$defs":{"a/b c":{"const":1}}}""", "2").ShouldBe(["(root): 2 is not 1"]);
    }

    [Theory]
    [InlineData("""{"$ref":"#/$defs/none"}""")]
    [InlineData("""{"$ref":"#anchor"}""")]
    [InlineData("""{"$ref":"other.json"}""")]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"items":[true]}""")]
    public void A_broken_schema_is_an_error_of_its_own(string schema) =>
        Should.Throw<InvalidDataException>(() => Errors(schema, "[1]"));

    [Theory]
    [InlineData("if")]
    [InlineData("contains")]
    [InlineData("unevaluatedProperties")]
    public void A_constraint_that_is_not_implemented_is_refused_instead_of_ignored(string keyword) =>
        Should
            .Throw<NotSupportedException>(() => Errors($$"""{"{{keyword}}":{} }""", "1"))
            .Message.ShouldContain(keyword);

    private static string[] Errors(string schema, string value)
    {
        using JsonDocument rules = JsonDocument.Parse(schema);
        using JsonDocument subject = JsonDocument.Parse(value);
        return
        [
            .. JsonSchemaValidator.Validate(rules.RootElement, subject.RootElement).Select(error => error.ToString()),
        ];
    }
}
