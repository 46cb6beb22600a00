using System.Text.Json;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Extensions.Tests.AI.Consumers;

/// <summary>Everything through a container and over real HTTP, against a server that refuses what Groq refuses.</summary>
[Requirement("CL-28")]
public sealed class OverTheWireTests : IAsyncLifetime
{
    private const string Embedding = "nomic-embed-text-v1_5";
    private SimulatorServer _server = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SimulatorServer.StartAsync(null, TestContext.Current.CancellationToken);
        _services = new ServiceCollection()
            .AddGroq(options =>
            {
                options.ApiKey = "gsk_test";
                options.BaseUrl = _server.BaseAddress.ToString();
            })
            .WithModel("openai/gpt-oss-20b")
            .AddEmbeddingGenerator(Embedding)
            .AddSpeechToTextClient()
            .AddTextToSpeechClient()
            .Services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_chat_is_the_same_whole_and_streamed()
    {
        IChatClient chat = _services.GetRequiredService<IChatClient>();
        ChatMessage[] history =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, "Which is the biggest animal?"),
            new(ChatRole.Assistant, "The blue whale."),
            new(ChatRole.User, "And the fastest?"),
        ];
        var options = new ChatOptions
        {
            Temperature = 0.5f,
            TopP = 0.9f,
            TopK = 5,
            Seed = 7,
            MaxOutputTokens = 400,
            StopSequences = ["###"],
            Reasoning = new() { Effort = ReasoningEffort.Low, Output = ReasoningOutput.Full },
            AdditionalProperties = new() { ["stream_options"] = new { include_usage = true }, ["user"] = "u1" },
        };

        ChatResponse whole = await chat.GetResponseAsync(history, options);
        ChatResponseUpdate[] updates = await chat.GetStreamingResponseAsync(history, options).ToArrayAsync();

        whole.Text.ShouldNotBeEmpty();
        updates.ToChatResponse().Text.ShouldBe(whole.Text);
        updates.ToChatResponse().FinishReason.ShouldBe(whole.FinishReason);
        UsageDetails usage = updates.SelectMany(update => update.Contents).OfType<UsageContent>().Single().Details;
        usage.OutputTokenCount.ShouldBe(whole.Usage!.OutputTokenCount);
        usage.TotalTokenCount.ShouldBe(usage.InputTokenCount + usage.OutputTokenCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Functions_are_asked_for_and_their_results_taken(bool streams)
    {
        IChatClient chat = new ToolLoop(_services.GetRequiredService<IChatClient>());
        List<string> cities = [];
        var options = new ChatOptions
        {
            Tools =
            [
                AIFunctionFactory.Create(
                    (string city) =>
                    {
                        cities.Add(city);
                        return "21 degrees";
                    },
                    "get_weather",
                    "Tells the weather of a city."
                ),
            ],
            ToolMode = ChatToolMode.RequireAny,
        };

        ChatResponse answer = streams
            ? await chat.GetStreamingResponseAsync("What is the weather in Paris?", options).ToChatResponseAsync()
            : await chat.GetResponseAsync("What is the weather in Paris?", options);

        cities.ShouldHaveSingleItem();
        answer.Messages[^1].Role.ShouldBe(ChatRole.Assistant);
        answer.Text.ShouldContain("21 degrees");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    public async Task A_typed_answer_follows_its_schema(bool? strict)
    {
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<Animal>() };
        if (strict is not null)
            options.AdditionalProperties = new() { ["strict"] = strict };

        ChatResponse answer = await _services
            .GetRequiredService<IChatClient>()
            .GetResponseAsync("Name an animal.", options);

        JsonSerializer.Deserialize<Animal>(answer.Text, AIJsonUtilities.DefaultOptions)!.Name.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Texts_that_are_alike_have_vectors_that_are_near()
    {
        var generator = _services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        GeneratedEmbeddings<Embedding<float>> answer = await generator.GenerateAsync([
            "a small dog",
            "two small dogs",
            "a silver fork",
        ]);

        answer.ShouldAllBe(vector => vector.Dimensions == 768 && vector.ModelId == Embedding);
        answer.Usage!.TotalTokenCount.ShouldNotBeNull().ShouldBeGreaterThan(0);
        Near(answer[0], answer[1]).ShouldBeGreaterThan(Near(answer[0], answer[2]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_spoken_is_heard(bool streams)
    {
        const string Text =
            "The quick fox jumps over the lazy dog. It does so every single morning, before anybody wakes up.";
        ITextToSpeechClient voice = _services.GetRequiredService<ITextToSpeechClient>();
        ISpeechToTextClient ear = _services.GetRequiredService<ISpeechToTextClient>();

        TextToSpeechResponse spoken = streams
            ? await voice.GetStreamingAudioAsync(Text).ToTextToSpeechResponseAsync()
            : await voice.GetAudioAsync(Text);
        using var sound = new MemoryStream([
            .. spoken.Contents.OfType<DataContent>().SelectMany(content => content.Data.ToArray()),
        ]);
        SpeechToTextResponse heard = streams
            ? await ear.GetStreamingTextAsync(sound).ToSpeechToTextResponseAsync()
            : await ear.GetTextAsync(sound);

        Words(heard.Text).ShouldBe(Words(Text));
        heard.EndTime.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_call_that_is_left_early_or_refused_leaves_the_client_as_good_as_new()
    {
        IChatClient chat = _services.GetRequiredService<IChatClient>();
        await foreach (ChatResponseUpdate _ in chat.GetStreamingResponseAsync("Tell a long story."))
            break;
        await Should.ThrowAsync<GroqModelException>(() =>
            chat.GetResponseAsync("hi", new() { ModelId = "no/such-model" })
        );

        (await chat.GetResponseAsync("hi")).Text.ShouldNotBeEmpty();
    }

    private static double Near(Embedding<float> one, Embedding<float> other) =>
        one.Vector.ToArray().Zip(other.Vector.ToArray(), (left, right) => (double)left * right).Sum();

    private static string[] Words(string text) =>
        [
            .. text.ToLowerInvariant()
                .Split([' ', '.', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ];

    internal sealed record Animal(string Name, int Legs);
}
