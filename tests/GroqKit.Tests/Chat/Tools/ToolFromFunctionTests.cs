using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11", "CL-22")]
public sealed class ToolFromFunctionTests
{
    [Fact]
    public void A_function_becomes_a_tool_that_says_all_its_parameters()
    {
        [Description("Looks it up")]
        static string FindAsync(
            [Description("What to find")] string query,
            int? page,
            string? note,
            Unit unit,
            DateOnly day,
            IReadOnlyList<Place> near,
            [Range(1, 50)] int limit = 10,
            Unit form = Unit.Fahrenheit,
            string[]? tags = null,
            Place? around = null,
            CancellationToken cancellationToken = default
        ) =>
            $"{query}{page}{note}{unit}{day}{near}{limit}{form}{tags}{around}{cancellationToken.IsCancellationRequested}";

        Tool tool = Tool.From(FindAsync);

        tool.Name.ShouldBe("Find");
        tool.Description.ShouldBe("Looks it up");
        tool.Parameters.GetRawText()
            .ShouldBe(
                JsonText.Flat(
                    """
                    {"type":"object","properties":{
                    "query":{"type":"string","description":"What to find"},
                    "page":{"type":["integer","null"]},
                    "note":{"type":["string","null"]},
                    "unit":{"type":"string","enum":["Celsius","Fahrenheit"]},
                    "day":{"type":"string","format":"date"},
                    "near":{"type":"array","items":{"type":"object","properties":{"latitude":{"type":"number"},
                      "longitude":{"type":["number","null"],"default":10},"name":{"type":["string","null"]}},"required":["latitude"]}},
                    "limit":{"type":["integer","null"],"minimum":1,"maximum":50,"default":10},
                    "form":{"type":["string","null"],"enum":["Celsius","Fahrenheit",null],"default":"Fahrenheit"},
                    "tags":{"anyOf":[{"type":"array","items":{"type":"string"}},{"type":"null"}]},
                    "around":{"anyOf":[{"type":"object","properties":{"latitude":{"type":"number"},
                      "longitude":{"type":["number","null"],"default":10},"name":{"type":["string","null"]}},"required":["latitude"]},{"type":"null"}]}},
                    "required":["query","page","note","unit","day","near"]}
                    """
                )
            );
        tool.Definition.Function!.Strict.ShouldBeNull();
    }

    [Fact]
    public void Parameters_that_recur_share_one_definition()
    {
        Tool tool = Tool.From((Node first, Node? second) => $"{first}{second}", "join");

        tool.Parameters.GetRawText()
            .ShouldBe(
                JsonText.Flat(
                    """
                    {"type":"object","properties":{"first":{"$ref":"#/$defs/Node"},"second":{"anyOf":[{"$ref":"#/$defs/Node"},{"type":"null"}]}},
                    "required":["first","second"],
                    "$defs":{"Node":{"type":"object","properties":{"value":{"type":"integer"},
                      "next":{"anyOf":[{"$ref":"#/$defs/Node"},{"type":"null"}]},"children":{"type":"array","items":{"$ref":"#/$defs/Node"}}},
                      "required":["value","next","children"]}}}
                    """
                )
            );
    }

    [Fact]
    public async Task Arguments_reach_their_parameters_and_what_is_left_out_has_its_default()
    {
        Tool tool = Tool.From(
            (string city, Unit unit = Unit.Fahrenheit, int days = 3, Place? near = null, Guid id = default) =>
                $"{city} {unit} {days} {near} {id == Guid.Empty}",
            "f"
        );

        (await tool.InvokeAsync("""{"city":"Oslo"}""")).ShouldBe("Oslo Fahrenheit 3  True");
        (
            await tool.InvokeAsync(
                """{"near":{"latitude":1.5,"longitude":null},"days":"7","unit":"Celsius","city":"Oslo","more":1}"""
            )
        ).ShouldBe("Oslo Celsius 7 Place { Latitude = 1.5, Longitude = 10, Name =  } True");
        (await tool.InvokeAsync("""{"city":"Oslo","unit":null,"days":null,"near":null,"id":null}""")).ShouldBe(
            "Oslo Fahrenheit 3  True"
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_tool_without_parameters_takes_nothing_in_any_form(string? arguments) =>
        (await Tool.From(() => 42, "answer").InvokeAsync(arguments)).ShouldBe("42");

    [Fact]
    public async Task Results_are_awaited_and_written_for_the_model()
    {
        (await Run(() => "plain \"text\"")).ShouldBe("plain \"text\"");
        (await Run(() => new Report("Ålesund", 21.5))).ShouldBe("""{"city":"Ålesund","degrees":21.5}""");
        (await Run(() => Unit.Celsius)).ShouldBe("\"Celsius\"");
        (await Run(() => (string?)null)).ShouldBe("null");
        (await Run(() => Task.FromResult(new[] { 1, 2 }))).ShouldBe("[1,2]");
        (await Run(() => Task.FromResult("text"))).ShouldBe("text");
        (await Run(() => new ValueTask<int>(7))).ShouldBe("7");
        (await Run(() => { })).ShouldBe("Done.");
        (await Run(async () => await Task.Yield())).ShouldBe("Done.");
        (await Run(() => ValueTask.CompletedTask)).ShouldBe("Done.");

        static Task<string> Run(Delegate function) => Tool.From(function, "f").InvokeAsync(null);
    }

    [Fact]
    public async Task What_the_code_throws_comes_through_as_it_is()
    {
        var thrown = new InvalidOperationException("no");

        (await Should.ThrowAsync<InvalidOperationException>(() => Run(() => Throw(thrown)))).ShouldBeSameAs(thrown);
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                Run(async () =>
                {
                    await Task.Yield();
                    throw thrown;
                })
            )
        ).ShouldBeSameAs(thrown);

        static async Task<string> Run(Delegate function) => await Tool.From(function, "f").InvokeAsync(null);
        static string Throw(Exception error) => throw error;
    }

    [Fact]
    public async Task The_token_reaches_the_code()
    {
        using var source = new CancellationTokenSource();
        Tool tool = Tool.From((CancellationToken token) => token.Equals(source.Token), "f");

        (await tool.InvokeAsync(null, source.Token)).ShouldBe("true");
        tool.Parameters.GetRawText().ShouldBe("""{"type":"object","properties":{}}""");
    }

    [Fact]
    public async Task Described_methods_of_an_object_become_tools()
    {
        var weather = new WeatherTools();

        IReadOnlyList<Tool> tools = Tool.AllOf(weather);

        tools.Select(tool => tool.Name).ShouldBe(["Measure", "Count"], ignoreOrder: true);
        Tool measure = tools.Single(tool => tool.Name == "Measure");
        (await measure.InvokeAsync("""{"city":"Oslo"}""")).ShouldBe("""{"city":"Oslo","degrees":1}""");
        weather.Calls.ShouldBe(1);
        (await tools.Single(tool => tool.Name == "Count").InvokeAsync("""{"to":3}""")).ShouldBe("[1,2,3]");
    }

    [Fact]
    public async Task A_first_parameter_that_a_delegate_has_bound_is_not_shown()
    {
        Func<int, int> bound = new WeatherTools().Add;

        Tool tool = Tool.From(bound);

        tool.Parameters.GetProperty("properties").EnumerateObject().Single().Name.ShouldBe("more");
        (await tool.InvokeAsync("""{"more":2}""")).ShouldBe("2");
    }

    [Fact]
    public async Task Values_are_read_and_written_as_the_caller_says()
    {
        var json = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper };

        Tool tool = Tool.From((string homeTown) => new Report(homeTown, 1), "f", json: json);

        (await tool.InvokeAsync("""{"HOME_TOWN":"Oslo"}""")).ShouldBe("""{"CITY":"Oslo","DEGREES":1}""");
    }

    [Theory]
    [InlineData("""{"city":5}""", "city: ")]
    [InlineData("""{"city":"a","days":"many"}""", "days: ")]
    [InlineData("""{"days":1}""", "Missing: city.")]
    [InlineData("""{"city":"a","near":{"longitude":"x","latitude":1}}""", "near: ")]
    [InlineData("""{"city":"a","city":"b"}""", "not valid JSON")]
    [InlineData("""{"city":"a" """, "not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("\"Oslo\"", "must be a JSON object")]
    public async Task Arguments_that_do_not_fit_are_told_by_name(string arguments, string message)
    {
        Tool tool = Tool.From((string city, int days = 1, Place? near = null) => $"{city}{days}{near}", "f");

        var error = await Should.ThrowAsync<ToolArgumentsException>(async () => await tool.InvokeAsync(arguments));

        error.Message.ShouldContain(message);
        error.Message.ShouldNotContain("LineNumber: 0 | BytePositionInLine: 0 |");
    }

    [Fact]
    public void A_function_that_cannot_be_a_tool_is_refused_by_what_is_wrong_with_it()
    {
        Refused(() => Tool.From(() => 1)).ShouldBe("name");
        Refused(() => Tool.From(() => 1, "two words")).ShouldBe("name");
        Refused(() => Tool.From(() => 1, new string('x', 65))).ShouldBe("name");
        Refused(() => Tool.From((IServiceProvider services) => services, "f")).ShouldBe("parameters.services");
        Refused(() => Tool.From((Action callback) => callback, "f")).ShouldBe("parameters.callback");
        Refused(() => Tool.From((ref int number) => number, "f")).ShouldBe("parameters.number");
        Refused(() => Tool.From(typeof(Array).GetMethod(nameof(Array.Empty))!, null)).ShouldBe("method");
        Refused(() => Tool.From(typeof(WeatherTools).GetMethod(nameof(WeatherTools.Measure))!, null))
            .ShouldBe("target");
        Refused(() => Tool.AllOf("text")).ShouldBe("target");

        static string? Refused(Action make) => Should.Throw<GroqValidationException>(make).Parameter;
    }
}

internal static class WeatherExtensions
{
    public static int Add(this WeatherTools tools, int more) => tools.Calls + more;
}
