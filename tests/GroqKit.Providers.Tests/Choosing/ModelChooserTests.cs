using GroqKit.Providers.Choosing;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using GroqKit.Simulator.Hosting;
using GroqKit.Telemetry;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Choosing;

[Requirement("PR-13")]
public sealed class ModelChooserTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private readonly ProviderSet _providers = ProviderRegistry.Default.Create([
        Options("groq", "groq", null),
        Options("openai", "openai", null),
        Options("own", "openai", "http://127.0.0.1:1"),
    ]);

    private FallbackTarget Large => Target("groq", "openai/gpt-oss-120b");

    private FallbackTarget Small => Target("groq", "openai/gpt-oss-20b");

    private FallbackTarget Seeing => Target("groq", "qwen/qwen3.8-27b");

    private FallbackTarget Unknown => Target("own", "home-made");

    public void Dispose() => _providers.Dispose();

    [Fact]
    public void A_plain_question_goes_to_the_cheapest()
    {
        ModelChoice choice = Choose(RequestTraits.Of([new(ChatRole.User, "What is the capital of France?")]));

        choice.Ranking.ShouldBe([Small, Large, Seeing]);
        choice.Reason.ShouldStartWith("groq/openai/gpt-oss-20b: plain, so the cheapest");
    }

    [Theory]
    [InlineData("```\nlet x = 1\n```")]
    [InlineData("Why does this fail?\nint Add(int a, int b) {\n  return a - b;\n}")]
    public void Code_goes_to_the_strongest(string text)
    {
        ModelChoice choice = Choose(RequestTraits.Of([new(ChatRole.User, text)]));

        choice.Ranking[0].ShouldBe(Seeing);
        choice.Reason.ShouldContain("demanding (code), so the strongest");
    }

    [Fact]
    public void A_picture_goes_to_a_model_that_sees()
    {
        ChatMessage message = new(
            ChatRole.User,
            [new TextContent("What is it?"), new DataContent(new byte[9], "image/png")]
        );

        ModelChoice choice = Choose(RequestTraits.Of([message]));

        choice.Ranking.ShouldBe([Seeing]);
        choice.PassedOver.Select(one => one.Reason).ShouldBe(["lacks vision", "lacks vision"]);
    }

    [Fact]
    public void Tools_and_schemas_are_seen_in_options()
    {
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create((string city) => city, "weather")],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(AIJsonUtilities.CreateJsonSchema(typeof(int[]))),
            AdditionalProperties = new() { ["strict"] = true },
            MaxOutputTokens = 100,
        };

        RequestTraits traits = RequestTraits.Of([new(ChatRole.User, "hi")], options);

        traits.NeedsTools.ShouldBeTrue();
        traits.NeedsSchema.ShouldBeTrue();
        traits.NeedsStrictSchema.ShouldBeTrue();
        traits.MaxOutputTokens.ShouldBe(100);
        traits.NeedsVision.ShouldBeFalse();
    }

    [Fact]
    public void What_does_not_fit_into_a_model_is_not_sent_to_it()
    {
        var traits = new RequestTraits { InputTokens = 200_000 };

        ModelChoice choice = Choose(traits, null, Small, Target("openai", "gpt-6-luna"));

        choice.Ranking.ShouldBe([Target("openai", "gpt-6-luna")]);
        choice.PassedOver.ShouldHaveSingleItem().Reason.ShouldBe("input too long for it");
    }

    [Fact]
    public void A_budget_keeps_the_strong_away_from_demanding_requests()
    {
        var traits = new RequestTraits { InputTokens = 1_000, HasCode = true };

        ModelChoice choice = Choose(traits, new ChoiceGoals { Budget = 0.0005m });

        choice.Ranking[0].ShouldBe(Large);
        choice.Ranking[^1].ShouldBe(Seeing);
        choice.PassedOver.ShouldHaveSingleItem().Reason.ShouldBe("beyond the budget");
    }

    [Fact]
    public void A_latency_target_goes_by_what_was_measured_else_by_what_is_published()
    {
        var traits = new RequestTraits { InputTokens = 10, MaxOutputTokens = 500 };
        var goals = new ChoiceGoals { LatencyTarget = TimeSpan.FromSeconds(1.2) };

        // Published: 0.5 s, then 500 tokens at 1000 or 500 a second.
        Choose(traits, goals).Ranking[0].ShouldBe(Small);

        var slow = new LatencySummary(Same(5_000), null, Same(10));
        var quick = new LatencySummary(Same(100), null, Same(600));
        var chooser = new ModelChooser([Large, Small], latency: target => target == Small ? slow : quick);
        chooser.Choose(traits, Today, goals).Ranking.ShouldBe([Large, Small]);
    }

    [Fact]
    public void A_model_that_nothing_is_known_of_comes_last_when_something_is_needed()
    {
        var traits = new RequestTraits { InputTokens = 10, NeedsTools = true };

        ModelChoice choice = Choose(traits, null, Unknown, Large);

        choice.Ranking.ShouldBe([Large, Unknown]);
        choice.PassedOver.ShouldHaveSingleItem().Reason.ShouldBe("not known for tools");
    }

    [Fact]
    public void Retired_models_are_not_chosen() =>
        Choose(new RequestTraits(), null, Target("groq", "llama3-70b-8192"), Small).Ranking.ShouldBe([Small]);

    [Fact]
    public void The_same_request_gives_the_same_choice()
    {
        var traits = new RequestTraits { InputTokens = 9_000, NeedsTools = true };

        Choose(traits).Reason.ShouldBe(Choose(traits).Reason);
    }

    [Fact]
    public void Bounds_that_bound_nothing_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Choose(new RequestTraits(), new ChoiceGoals { Budget = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() =>
            Choose(new RequestTraits(), new ChoiceGoals { LatencyTarget = TimeSpan.Zero })
        );
        Should.Throw<ArgumentException>(() => new ModelChooser([]));
    }

    [Fact]
    public async Task The_client_asks_the_chosen_model_and_the_trace_tells_why()
    {
        await using SimulatorServer simulator = await SimulatorServer.StartAsync();
        using ProviderSet providers = ProviderRegistry.Default.Create([
            Options("groq", "groq", simulator.BaseAddress.AbsoluteUri),
        ]);
        FallbackTarget[] candidates =
        [
            new(providers.All[0], "openai/gpt-oss-120b"),
            new(providers.All[0], "openai/gpt-oss-20b"),
        ];
        using AutoChatClient auto = new FallbackEngine().CreateAutoChatClient(candidates);

        ChatResponse plain = await auto.GetResponseAsync("hello", new ChatOptions { ModelId = "auto" });
        var own = new FallbackTrace();
        List<ChatResponseUpdate> code = await auto.GetStreamingResponseAsync(
                [new(ChatRole.User, "```\nx\n```")],
                null,
                own
            )
            .ToListAsync();

        plain.ModelId.ShouldBe("openai/gpt-oss-20b");
        var trace = (FallbackTrace)plain.AdditionalProperties![FallbackTrace.PropertyName]!;
        trace.Steps[0].Choice!.ShouldStartWith("auto: groq/openai/gpt-oss-20b: plain");
        code[0].ModelId.ShouldBe("openai/gpt-oss-120b");
        own.Steps.ShouldHaveSingleItem().Choice!.ShouldStartWith("auto: groq/openai/gpt-oss-120b: ");
        await auto.GetResponseAsync([new(ChatRole.User, "hello")], null, own);
        own.Steps.Count.ShouldBe(2);
    }

    [Fact]
    public async Task When_no_candidate_fits_nothing_is_sent()
    {
        using AutoChatClient auto = new FallbackEngine().CreateAutoChatClient([Small]);
        ChatMessage picture = new(ChatRole.User, [new DataContent(new byte[9], "image/png")]);

        ProviderException error = await Should.ThrowAsync<ProviderException>(() => auto.GetResponseAsync([picture]));

        error.Failure.ShouldBe(ProviderFailure.ModelUnavailable);
        error.Message.ShouldContain("no candidate fits (vision");
    }

    private ModelChoice Choose(RequestTraits traits, ChoiceGoals? goals = null, params FallbackTarget[] candidates) =>
        new ModelChooser(candidates.Length > 0 ? candidates : [Large, Small, Seeing]).Choose(traits, Today, goals);

    private FallbackTarget Target(string provider, string model) => new(_providers.Find(provider)!, model);

    private static SampleStatistics Same(double value) => new(1, value, value, value, value);

    private static ProviderOptions Options(string name, string kind, string? address) =>
        new()
        {
            Name = name,
            Kind = kind,
            ApiKey = "key",
            BaseUrl = address,
        };
}
