using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11")]
public sealed class StructuredSchemaTests
{
    private static readonly StructuredOptions BestEffort = new() { Strict = false };

    [Fact]
    public void A_record_becomes_a_strict_schema_that_says_what_it_may_not_enforce() =>
        ShouldAskFor(
            StructuredOutput.For<Recipe>(),
            """
            {"type":"object","properties":{
              "name":{"type":"string","description":"What it is called"},
              "servings":{"type":"integer","description":"For how many (minimum: 1, maximum: 12)"},
              "course":{"type":"string","enum":["Starter","Main","Dessert"]},
              "second":{"type":["string","null"],"enum":["Starter","Main","Dessert",null]},
              "note":{"type":["string","null"]},
              "ingredients":{"type":"array","items":{"type":"object","properties":{
                "name":{"type":"string"},
                "amount":{"type":["number","null"],"description":"In grams"}},
                "required":["name","amount"],"additionalProperties":false}},
              "rest":{"type":["string","null"],"description":"pattern: ^-?(\\d+\\.)?\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?$"},
              "isVegan":{"type":"boolean","description":"default: false"}},
            "required":["name","servings","course","second","note","ingredients","rest","isVegan"],
            "additionalProperties":false,"description":"A dish"}
            """
        );

    [Fact]
    public void Attributes_that_restrict_a_value_go_into_its_description() =>
        ShouldAskFor(
            StructuredOutput.For<Limits>(),
            """
            {"type":"object","properties":{
              "code":{"type":"string","description":"minLength: 2, maxLength: 8"},
              "word":{"type":["string","null"],"description":"pattern: ^[a-z]+$"},
              "tags":{"type":"array","items":{"type":"string"},"description":"minItems: 1, maxItems: 3"},
              "price":{"type":"number","description":"minimum: 0.5, maximum: 2.5"},
              "mail":{"type":["string","null"],"description":"format: email"},
              "page":{"type":["string","null"],"description":"format: uri"},
              "least":{"type":["string","null"],"description":"minLength: 2"},
              "few":{"anyOf":[{"type":"array","items":{"type":"integer"}},{"type":"null"}],"description":"minItems: 1, maxItems: 2"},
              "day":{"type":"string","description":"format: date"},
              "id":{"type":"string","description":"format: uuid"},
              "letter":{"type":"string","description":"minLength: 1, maxLength: 1"}},
            "required":["code","word","tags","price","mail","page","least","few","day","id","letter"],"additionalProperties":false}
            """
        );

    [Fact]
    public void A_type_that_recurs_at_the_root_refers_to_the_root() =>
        ShouldAskFor(
            StructuredOutput.For<Node>(),
            """
            {"type":"object","properties":{"value":{"type":"integer"},"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]},
            "children":{"type":"array","items":{"$ref":"#"}}},"required":["value","next","children"],"additionalProperties":false}
            """
        );

    [Fact]
    public void A_type_that_recurs_further_down_becomes_a_definition() =>
        ShouldAskFor(
            StructuredOutput.For<Pair>(),
            """
            {"type":"object","properties":{
              "left":{"anyOf":[{"$ref":"#/$defs/Node"}],"description":"The first"},
              "right":{"anyOf":[{"$ref":"#/$defs/Node"},{"type":"null"}]}},
            "required":["left","right"],"additionalProperties":false,
            "$defs":{"Node":{"type":"object","properties":{"value":{"type":"integer"},
              "next":{"anyOf":[{"$ref":"#/$defs/Node"},{"type":"null"}]},"children":{"type":"array","items":{"$ref":"#/$defs/Node"}}},
              "required":["value","next","children"],"additionalProperties":false}}}
            """
        );

    [Fact]
    public void Derived_types_become_closed_alternatives_that_name_themselves() =>
        ShouldAskFor(
            StructuredOutput.For<Drawing>(),
            """
            {"type":"object","properties":{"main":{"$ref":"#/$defs/Shape"},"other":{"anyOf":[{"$ref":"#/$defs/Shape"},{"type":"null"}]}},
            "required":["main","other"],"additionalProperties":false,
            "$defs":{"Shape":{"anyOf":[
              {"type":"object","properties":{"kind":{"type":"string","enum":["circle"]},"radius":{"type":"number"},"name":{"type":"string"}},
                "required":["kind","radius","name"],"additionalProperties":false},
              {"type":"object","properties":{"kind":{"type":"string","enum":["group"]},"parts":{"type":"array","items":{"$ref":"#/$defs/Shape"}},"name":{"type":"string"}},
                "required":["kind","parts","name"],"additionalProperties":false}]}}}
            """
        );

    [Fact]
    public void Collections_that_hold_nothing_but_themselves_recur_too() =>
        ShouldAskFor(
            StructuredOutput.For<Tree>(),
            """
            {"type":"object","properties":{"value":{"$ref":"#/$defs/Tree"}},"required":["value"],"additionalProperties":false,
            "$defs":{"Tree":{"type":"array","items":{"$ref":"#/$defs/Tree"}}}}
            """
        );

    [Fact]
    public void Enumerations_that_are_read_as_numbers_are_told_with_their_names() =>
        ShouldAskFor(
            StructuredOutput.For(NumbersContext.Default.Weather),
            """
            {"type":"object","properties":{
              "sky":{"type":"integer","enum":[1,2],"description":"1 = Clear, 2 = Cloudy"},
              "before":{"type":["integer","null"],"enum":[1,2,null],"description":"How it was (1 = Clear, 2 = Cloudy)"},
              "days":{"type":"integer","description":"0 = None, 1 = Saturday, 2 = Sunday"}},
            "required":["sky","before","days"],"additionalProperties":false}
            """
        );

    [Theory]
    [InlineData(typeof(int), """{"type":"integer"}""")]
    [InlineData(typeof(string), """{"type":"string"}""")]
    [InlineData(typeof(Course?), """{"type":["string","null"],"enum":["Starter","Main","Dessert",null]}""")]
    [InlineData(typeof(double[]), """{"type":"array","items":{"type":"number"}}""")]
    [InlineData(typeof(List<List<bool>>), """{"type":"array","items":{"type":"array","items":{"type":"boolean"}}}""")]
    public void What_is_no_object_is_wrapped_into_one(Type type, string inner) =>
        Schema(type)
            .ShouldBe(
                $$$"""{"type":"object","properties":{"value":{{{inner}}}},"required":["value"],"additionalProperties":false}"""
            );

    [Fact]
    public void Best_effort_leaves_open_what_a_type_leaves_open()
    {
        ShouldAskFor(
            StructuredOutput.For<Scores>(BestEffort),
            """{"type":"object","properties":{"byName":{"type":"object","additionalProperties":{"type":"integer"}}},"required":["byName"]}"""
        );
        ShouldAskFor(
            StructuredOutput.For<Anything>(BestEffort),
            """{"type":"object","properties":{"some":{}},"required":["some"]}"""
        );
    }

    [Theory]
    [InlineData(typeof(Scores), "Scores.byName")]
    [InlineData(typeof(Dictionary<string, int>), "Dictionary_String_Int32")]
    [InlineData(typeof(Anything), "Anything.some")]
    [InlineData(typeof(JsonElement), "JsonElement")]
    [InlineData(typeof(Scores[]), "Array_Scores[].byName")]
    public void A_type_that_a_strict_schema_cannot_say_is_refused_by_its_path(Type type, string path)
    {
        var error = Should.Throw<GroqValidationException>(() => Schema(type));

        error.Parameter.ShouldBe("response_format.json_schema.schema");
        error.Message.ShouldContain($"{path} ");
        error.Message.ShouldContain("Strict = false");
    }

    [Fact]
    public void A_format_is_named_after_its_type_or_by_the_caller()
    {
        Name(StructuredOutput.For<Recipe>()).ShouldBe("Recipe");
        Name(StructuredOutput.For<Dictionary<string, List<Recipe[]>>>(BestEffort))
            .ShouldBe("Dictionary_String_List_Array_Recipe");
        Name(StructuredOutput.For<Course?>()).ShouldBe("Course");
        Name(StructuredOutput.For<(Recipe, Recipe, Recipe, Recipe, Recipe, Recipe, List<Ingredient>)>())!
            .Length.ShouldBe(64);
        Name(StructuredOutput.For<Recipe>(new StructuredOptions { Name = "dish" })).ShouldBe("dish");
        Should
            .Throw<GroqValidationException>(() =>
                StructuredOutput.For<Recipe>(new StructuredOptions { Name = "a dish" })
            )
            .Parameter.ShouldBe("response_format.json_schema.name");

        static string? Name<T>(StructuredOutput<T> output) => output.Format.JsonSchema?.Name;
    }

    [Fact]
    public void A_generated_contract_gives_the_same_schema_as_reflection()
    {
        string reflected = Text(StructuredOutput.For<Drawing>());
        string generated = Text(StructuredOutput.For(WordsContext.Default.Drawing));

        generated.ShouldBe(reflected, StringCompareShould.IgnoreCase);
    }

    private static string Schema(Type type) =>
        (string)
            typeof(StructuredSchemaTests)
                .GetMethod(
                    nameof(Reflected),
                    System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic
                )!
                .MakeGenericMethod(type)
                .Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, null, null)!;

    private static string Reflected<T>() => Text(StructuredOutput.For<T>());

    private static string Text<T>(StructuredOutput<T> output) => output.Format.JsonSchema!.Schema!.Value.GetRawText();

    private static void ShouldAskFor<T>(StructuredOutput<T> output, string schema) =>
        Text(output).ShouldBe(JsonText.Flat(schema));
}
