using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11", "CL-30")]
public sealed class ToolCreateTests
{
    private static readonly Tool Weather = Tool.Create(
        "weather",
        "Tells the weather",
        (WeatherArgs args, CancellationToken _) => Task.FromResult(new Report($"{args}", 21)),
        ToolContext.Default.WeatherArgs,
        ToolContext.Default.Report
    );

    [Fact]
    public void An_object_of_arguments_becomes_the_parameters() =>
        JsonSerializer
            .Serialize(Weather.Definition, GroqKit.Json.GroqJson.Context.ChatTool)
            .ShouldBe(
                JsonText.Flat(
                    """
                    {"type":"function","function":{"name":"weather","description":"Tells the weather","parameters":{"type":"object","properties":{
                    "city":{"type":"string","description":"A city"},
                    "unit":{"type":["string","null"],"enum":["Celsius","Fahrenheit",null],"default":"Celsius"},
                    "days":{"type":["integer","null"]},
                    "near":{"anyOf":[{"type":"object","properties":{"latitude":{"type":"number"},"longitude":{"type":["number","null"],"default":10},
                      "name":{"type":["string","null"]}},"required":["latitude"]},{"type":"null"}]}},
                    "required":["city"]}}}
                    """
                )
            );

    [Fact]
    public async Task Arguments_and_result_go_through_their_contracts()
    {
        string result = await Weather.InvokeAsync(
            """{"city":"Oslo","unit":null,"days":2,"near":{"latitude":1,"longitude":null}}"""
        );

        result.ShouldBe(
            """{"city":"WeatherArgs { City = Oslo, Unit = Celsius, Days = 2, Near = Place { Latitude = 1, Longitude = 10, Name =  } }","degrees":21}"""
        );
    }

    [Fact]
    public async Task A_text_is_told_as_it_is()
    {
        Tool one = Tool.Create(
            "one",
            null,
            (WeatherArgs args, CancellationToken _) => Task.FromResult(args.City),
            ToolContext.Default.WeatherArgs
        );
        Tool two = Tool.Create(
            "two",
            null,
            (WeatherArgs args, CancellationToken _) => Task.FromResult(args.City),
            ToolContext.Default.WeatherArgs,
            ToolContext.Default.String
        );
        Tool three = Tool.Create(
            "three",
            null,
            ChatRequestSamples.Json(
                """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""
            ),
            (args, _) => Task.FromResult(args.GetProperty("city").GetString()!)
        );

        foreach (Tool tool in new[] { one, two, three })
            (await tool.InvokeAsync("""{"city":"\"Oslo\""}""")).ShouldBe("\"Oslo\"");
    }

    [Fact]
    public void Arguments_that_are_no_object_are_refused()
    {
        Refused(() =>
                Tool.Create(
                    "f",
                    null,
                    (int[] _, CancellationToken _) => Task.FromResult(""),
                    ToolContext.Default.Int32Array
                )
            )
            .ShouldBe("parameters");
        Refused(() => Tool.Create("f", null, ChatRequestSamples.Json("[]"), (_, _) => Task.FromResult("")))
            .ShouldBe("parameters");
        Refused(() => Tool.Create("", null, ChatRequestSamples.Json("{}"), (_, _) => Task.FromResult("")))
            .ShouldBe("name");

        static string? Refused(Action make) => Should.Throw<GroqValidationException>(make).Parameter;
    }

    [Theory]
    [InlineData("""{"city":"a","days":1.5}""")]
    [InlineData("""{"city":"a","unit":"Kelvin"}""")]
    [InlineData("""{"city":"a","near":5}""")]
    [InlineData("""{"city":{}}""")]
    [InlineData("""{}""")]
    public async Task Arguments_that_do_not_fit_are_refused(string arguments) =>
        await Should.ThrowAsync<ToolArgumentsException>(async () => await Weather.InvokeAsync(arguments));

    [Fact]
    public void Any_text_as_arguments_is_run_or_refused_but_never_breaks_the_tool() =>
        Prop.ForAll(
                Gen.OneOf(
                        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
                        Gen.Elements(
                                "{\"city\":",
                                "{\"city\":\"a\",\"near\":{",
                                "[[[",
                                "{\"near\":null}",
                                "{\"a\":1,\"a\":2}"
                            )
                            .SelectMany(start =>
                                Gen.Elements("\"a\"}", "null}", "}", "}}", "1}", "\"\\ud800\"}", "")
                                    .Select(end => start + end)
                            ),
                        Gen.Choose(1, 2000).Select(depth => new string('[', depth))
                    )
                    .ToArbitrary(),
                async text =>
                {
                    try
                    {
                        (await Weather.InvokeAsync(text)).ShouldStartWith("{\"city\"");
                    }
                    catch (ToolArgumentsException error)
                    {
                        error.Message.ShouldNotBeEmpty();
                    }
                }
            )
            .QuickCheckThrowOnFailure();
}
