using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Conformance;

/// <summary>What chat must be, whoever serves it. A provider derives and says how it is reached; nothing here is changed for any of them.</summary>
[Requirement("PR-02", "PR-03", "PR-06")]
public abstract class ChatConformance : IAsyncLifetime
{
    private static readonly AIFunction Weather = AIFunctionFactory.Create(
        (string city) => $"sunny in {city}",
        "get_weather",
        "Tells the weather of a city."
    );

    private static readonly AIFunction Clock = AIFunctionFactory.Create(
        (string zone) => $"noon in {zone}",
        "get_clock",
        "Tells the clock of a zone."
    );

    protected IProvider Provider { get; private set; } = null!;

    protected abstract string Model { get; }

    /// <summary>A model that calls several tools in one turn.</summary>
    protected abstract string ParallelModel { get; }

    protected abstract string VisionModel { get; }

    protected abstract Task<IProvider> StartAsync();

    protected abstract Task StopAsync();

    public async ValueTask InitializeAsync() => Provider = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        Provider?.Dispose();
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Text_comes_with_role_model_id_reason_and_usage()
    {
        ChatResponse answer = await Provider.CreateChatClient(Model).GetResponseAsync("Say hello.");

        answer.Text.ShouldNotBeEmpty();
        answer.Messages.ShouldHaveSingleItem().Role.ShouldBe(ChatRole.Assistant);
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.ResponseId.ShouldNotBeNullOrEmpty();
        answer.ModelId.ShouldNotBeNullOrEmpty();
        answer.CreatedAt.ShouldNotBeNull();
        answer.ConversationId.ShouldBeNull();
        UsageDetails usage = answer.Usage.ShouldNotBeNull();
        usage.TotalTokenCount.ShouldBe(usage.InputTokenCount + usage.OutputTokenCount);
    }

    [Fact]
    public async Task A_stream_adds_up_to_the_whole_answer_with_usage_once()
    {
        IChatClient chat = Provider.CreateChatClient(Model);

        List<ChatResponseUpdate> updates = await chat.GetStreamingResponseAsync("Tell a story.").ToListAsync();

        updates.Count(update => update.Contents.OfType<TextContent>().Any()).ShouldBeGreaterThan(1);
        updates.SelectMany(update => update.Contents).OfType<UsageContent>().Count().ShouldBe(1);
        updates.Select(update => update.MessageId).Distinct().Count().ShouldBe(1);
        ChatResponse streamed = updates.ToChatResponse();
        ChatResponse whole = await chat.GetResponseAsync("Tell a story.");
        streamed.Text.ShouldBe(whole.Text);
        streamed.FinishReason.ShouldBe(whole.FinishReason);
        streamed.Messages.ShouldHaveSingleItem().Role.ShouldBe(ChatRole.Assistant);
        streamed.Usage!.OutputTokenCount.ShouldBe(whole.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task A_tool_is_called_whole_and_its_result_goes_back()
    {
        var options = new ChatOptions { Tools = [Weather] };
        IChatClient chat = Provider.CreateChatClient(Model);
        List<ChatMessage> talk = [new(ChatRole.User, "What is the weather in Paris?")];

        ChatResponse asked = await chat.GetResponseAsync(talk, options);

        asked.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        FunctionCallContent call = Calls(asked).ShouldHaveSingleItem();
        call.Name.ShouldBe("get_weather");
        call.CallId.ShouldNotBeNullOrEmpty();
        call.Exception.ShouldBeNull();
        call.Arguments.ShouldNotBeNull().ShouldContainKey("city");

        talk.AddRange(asked.Messages);
        talk.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "sunny")]));
        ChatResponse told = await chat.GetResponseAsync(talk, options);
        told.FinishReason.ShouldBe(ChatFinishReason.Stop);
        told.Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Several_tools_are_called_in_one_turn()
    {
        ChatResponse asked = await Provider
            .CreateChatClient(ParallelModel)
            .GetResponseAsync("Weather and clock, please.", new ChatOptions { Tools = [Weather, Clock] });

        Calls(asked).Select(call => call.Name).ShouldBe(["get_weather", "get_clock"], ignoreOrder: true);
        Calls(asked).Select(call => call.CallId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Calls_in_a_stream_come_whole_and_equal_those_of_a_whole_answer()
    {
        IChatClient chat = Provider.CreateChatClient(ParallelModel);
        var options = new ChatOptions { Tools = [Weather, Clock] };

        ChatResponse streamed = await chat.GetStreamingResponseAsync("Weather and clock, please.", options)
            .ToChatResponseAsync();
        ChatResponse whole = await chat.GetResponseAsync("Weather and clock, please.", options);

        streamed.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        Calls(streamed).Select(Describe).ShouldBe(Calls(whole).Select(Describe));
    }

    [Fact]
    public async Task A_tool_can_be_demanded()
    {
        ChatResponse asked = await Provider
            .CreateChatClient(Model)
            .GetResponseAsync(
                "Nothing of the kind.",
                new ChatOptions { Tools = [Weather, Clock], ToolMode = ChatToolMode.RequireSpecific("get_clock") }
            );

        Calls(asked).ShouldHaveSingleItem().Name.ShouldBe("get_clock");
    }

    [Fact]
    public async Task A_schema_is_followed()
    {
        JsonElement schema = AIJsonUtilities.CreateJsonSchema(typeof(Person));

        ChatResponse answer = await Provider
            .CreateChatClient(Model)
            .GetResponseAsync(
                "Describe a person.",
                new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "person") }
            );

        using JsonDocument person = JsonDocument.Parse(answer.Text);
        person.RootElement.EnumerateObject().Select(member => member.Name.ToLowerInvariant()).ShouldContain("name");
    }

    [Fact]
    public async Task An_image_is_taken()
    {
        byte[] dot = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        );
        ChatMessage message = new(ChatRole.User, [new TextContent("What is it?"), new DataContent(dot, "image/png")]);

        ChatResponse answer = await Provider.CreateChatClient(VisionModel).GetResponseAsync([message]);

        answer.Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Instructions_and_all_plain_options_are_taken()
    {
        var options = new ChatOptions
        {
            Instructions = "Be brief.",
            Temperature = 0.7f,
            TopP = 0.9f,
            MaxOutputTokens = 50,
            Seed = 7,
            StopSequences = ["END"],
        };

        ChatResponse answer = await Provider.CreateChatClient(Model).GetResponseAsync("Go on.", options);

        answer.Usage!.OutputTokenCount!.Value.ShouldBeLessThanOrEqualTo(50);
    }

    [Theory]
    [InlineData("naïve café — “quotes”")]
    [InlineData("emoji 👩‍👩‍👧‍👦 and 🏳️‍🌈")]
    [InlineData("العربية עברית 中文 日本語 한국어 ไทย")]
    [InlineData("null \u0000 bell \u0007 line\u2028separator \uFEFFmark")]
    [InlineData("quote \" backslash \\ slash / tab \t <script>&amp;")]
    public async Task Unusual_text_arrives_and_is_answered(string text)
    {
        ChatResponse answer = await Provider.CreateChatClient(Model).GetResponseAsync(text);

        answer.Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Long_input_is_taken()
    {
        string text = string.Concat(Enumerable.Repeat("All work and no play. ", 5_000));

        ChatResponse answer = await Provider.CreateChatClient(Model).GetResponseAsync(text);

        answer.Usage!.InputTokenCount!.Value.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public async Task Empty_messages_are_taken()
    {
        ChatMessage[] messages = [new(ChatRole.System, []), new(ChatRole.User, []), new(ChatRole.User, "one and two?")];

        (await Provider.CreateChatClient(Model).GetResponseAsync(messages)).Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_call_ends_with_the_callers_token()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        OperationCanceledException error = await Should.ThrowAsync<OperationCanceledException>(() =>
            Provider.CreateChatClient(Model).GetResponseAsync("hello", cancellationToken: gone.Token)
        );

        error.CancellationToken.ShouldBe(gone.Token);
    }

    [Fact]
    public async Task A_stream_that_is_left_early_ends_quietly()
    {
        int seen = 0;
        await foreach (
            ChatResponseUpdate _ in Provider.CreateChatClient(Model).GetStreamingResponseAsync("Tell a story.")
        )
        {
            if (++seen == 3)
                break;
        }

        (await Provider.CreateChatClient(Model).GetResponseAsync("Still there?")).Text.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("sim/400", ProviderFailure.CallerMistake, false)]
    [InlineData("sim/401", ProviderFailure.Authentication, true)]
    [InlineData("sim/403", ProviderFailure.Permission, true)]
    [InlineData("sim/404", ProviderFailure.ModelUnavailable, true)]
    [InlineData("sim/429", ProviderFailure.RateLimited, true)]
    [InlineData("sim/498", ProviderFailure.Overloaded, true)]
    [InlineData("sim/500", ProviderFailure.Server, true)]
    [InlineData("sim/503", ProviderFailure.Overloaded, true)]
    [InlineData("sim/reset", ProviderFailure.Network, true)]
    public async Task A_failure_is_named_alike(string model, ProviderFailure failure, bool mayTryAnother)
    {
        ProviderException error = await Should.ThrowAsync<ProviderException>(() =>
            Provider.CreateChatClient(model).GetResponseAsync("hello")
        );

        error.Failure.ShouldBe(failure);
        error.MayTryAnother.ShouldBe(mayTryAnother);
        error.Provider.ShouldBe(Provider.Name);
        error.Connection.ShouldBe(Provider.Connections[0].Id);
        error.Service.ShouldBe(ProviderService.Llm);
        error.Model.ShouldBe(model);
        error.Message.ShouldNotContain("test-key");
    }

    [Theory]
    [InlineData("sim/cut", ProviderFailure.StreamCut)]
    [InlineData("sim/malformed", ProviderFailure.Malformed)]
    [InlineData("sim/error-event", ProviderFailure.Server)]
    [InlineData("sim/500", ProviderFailure.Server)]
    public async Task A_stream_that_fails_says_so(string model, ProviderFailure failure)
    {
        ProviderException error = await Should.ThrowAsync<ProviderException>(async () =>
            await Provider.CreateChatClient(model).GetStreamingResponseAsync("Tell a story.").ToListAsync()
        );

        error.Failure.ShouldBe(failure);
    }

    [Fact]
    public async Task Options_and_messages_stay_as_they_were()
    {
        var options = new ChatOptions
        {
            Temperature = 0.5f,
            Tools = [Weather],
            ModelId = Model,
        };
        List<ChatMessage> messages = [new(ChatRole.User, "hello")];

        await Provider.CreateChatClient().GetResponseAsync(messages, options);

        messages.Count.ShouldBe(1);
        options.Tools.ShouldHaveSingleItem().ShouldBeSameAs(Weather);
        options.Temperature.ShouldBe(0.5f);
    }

    private static FunctionCallContent[] Calls(ChatResponse answer) =>
        [.. answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];

    private static string Describe(FunctionCallContent call) =>
        $"{call.Name} {JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions)}";

    private sealed record Person(string Name, int Age);
}
