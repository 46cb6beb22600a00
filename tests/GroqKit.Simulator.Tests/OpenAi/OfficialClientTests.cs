using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Models;
using OpenAI.Responses;

namespace GroqKit.Simulator.Tests.OpenAi;

/// <summary>The official OpenAI package, unmodified, against the simulated OpenAI.</summary>
[Requirement("PR-05")]
public sealed class OfficialClientTests(Sim sim) : IClassFixture<Sim>
{
    private const string Sentence = "Good morning, Oslo! It is 21 degrees.";

    private static readonly BinaryData WeatherSchema = BinaryData.FromString(
        """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}"""
    );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_answers_whole_and_streamed_alike()
    {
        ChatClient chat = Client().GetChatClient("gpt-4.1-mini");
        OpenAI.Chat.ChatMessage[] messages = [new UserChatMessage("Why is the sky blue?")];
        var text = new StringBuilder();
        ChatTokenUsage? usage = null;

        ChatCompletion whole = await chat.CompleteChatAsync(messages, null, Stop);
        await foreach (StreamingChatCompletionUpdate update in chat.CompleteChatStreamingAsync(messages, null, Stop))
        {
            text.AppendJoin("", update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
        }

        text.ToString().ShouldBe(whole.Content[0].Text);
        usage!.TotalTokenCount.ShouldBe(whole.Usage.TotalTokenCount);
        whole.Model.ShouldBe("gpt-4.1-mini-2025-04-14");
        whole.FinishReason.ShouldBe(ChatFinishReason.Stop);
    }

    [Fact]
    public async Task A_call_in_pieces_has_the_arguments_of_the_whole_one()
    {
        ChatClient chat = Client().GetChatClient("gpt-4.1");
        var options = new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool("get_weather", "Weather of a city", WeatherSchema) },
        };
        OpenAI.Chat.ChatMessage[] messages = [new UserChatMessage("What is the weather in Oslo?")];
        var arguments = new StringBuilder();
        int pieces = 0;

        ChatCompletion whole = await chat.CompleteChatAsync(messages, options, Stop);
        await foreach (StreamingChatCompletionUpdate update in chat.CompleteChatStreamingAsync(messages, options, Stop))
        {
            pieces += update.ToolCallUpdates.Count;
            arguments.AppendJoin("", update.ToolCallUpdates.Select(call => call.FunctionArgumentsUpdate));
        }

        whole.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        arguments.ToString().ShouldBe(whole.ToolCalls[0].FunctionArguments.ToString());
        pieces.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Tools_and_reasoning_together_are_refused_by_name_on_chat()
    {
        ChatClient chat = Client().GetChatClient("gpt-6-luna");
        var options = new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool("get_weather", "Weather of a city", WeatherSchema) },
        };

        ClientResultException refused = await Should.ThrowAsync<ClientResultException>(() =>
            chat.CompleteChatAsync([new UserChatMessage("Weather?")], options, Stop)
        );
        options.ReasoningEffortLevel = new ChatReasoningEffortLevel("none");
        ChatCompletion answer = await chat.CompleteChatAsync([new UserChatMessage("Weather?")], options, Stop);

        refused.Status.ShouldBe(400);
        refused.Message.ShouldContain("reasoning_effort");
        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
    }

    [Fact]
    public async Task Embeddings_come_packed_as_the_client_asks()
    {
        EmbeddingClient embeddings = Client().GetEmbeddingClient("text-embedding-3-small");

        OpenAIEmbeddingCollection all = await embeddings.GenerateEmbeddingsAsync(
            ["grass", "the grass"],
            new EmbeddingGenerationOptions { Dimensions = 256 },
            Stop
        );

        all.Count.ShouldBe(2);
        all[0].ToFloats().Length.ShouldBe(256);
        all.Usage.InputTokenCount.ShouldBe(3);
    }

    [Theory]
    [InlineData("wav", "a.wav")]
    [InlineData("mp3", "a.mp3")]
    [InlineData("opus", "a.ogg")]
    [InlineData("flac", "a.flac")]
    [InlineData("aac", "a.m4a")]
    public async Task Spoken_words_are_heard_again_in_every_format(string format, string name)
    {
        AudioClient speech = Client().GetAudioClient("gpt-4o-mini-tts");
        AudioClient hearing = Client().GetAudioClient("whisper-1");

        BinaryData audio = await speech.GenerateSpeechAsync(
            Sentence,
            GeneratedSpeechVoice.Coral,
            new SpeechGenerationOptions { ResponseFormat = new GeneratedSpeechFormat(format) },
            Stop
        );
        AudioTranscription heard = await hearing.TranscribeAudioAsync(
            audio.ToStream(),
            name,
            new AudioTranscriptionOptions
            {
                ResponseFormat = AudioTranscriptionFormat.Verbose,
                TimestampGranularities = AudioTimestampGranularities.Word | AudioTimestampGranularities.Segment,
            },
            Stop
        );

        heard.Text.ShouldBe(Sentence);
        heard.Words.Select(word => word.Word).ShouldBe(["Good", "morning", "Oslo", "It", "is", "21", "degrees"]);
        heard.Segments.Count.ShouldBe(2);
        heard.Duration!.Value.TotalSeconds.ShouldBeInRange(2, 5);
    }

    [Fact]
    public async Task Models_are_listed_and_found()
    {
        OpenAIModelClient models = Client().GetOpenAIModelClient();

        OpenAIModelCollection all = await models.GetModelsAsync(Stop);
        OpenAIModel one = await models.GetModelAsync("gpt-6-luna", Stop);

        all.Select(model => model.Id).ShouldContain(one.Id);
    }

    [Fact]
    public async Task Responses_answer_whole_and_streamed_alike()
    {
        ResponsesClient responses = Client().GetResponsesClient();
        var text = new StringBuilder();

        ResponseResult whole = await responses.CreateResponseAsync("gpt-6.2-sol", "Why is the sky blue?", null, Stop);
        await foreach (
            StreamingResponseUpdate update in await responses.CreateResponseStreamingAsync(
                "gpt-6.2-sol",
                "Why is the sky blue?",
                null,
                Stop
            )
        )
        {
            if (update is StreamingResponseOutputTextDeltaUpdate delta)
                text.Append(delta.Delta);
        }

        whole.Status.ShouldBe(ResponseStatus.Completed);
        text.ToString().ShouldBe(whole.GetOutputText());
        whole.Usage.OutputTokenDetails.ReasoningTokenCount.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("401", 401)]
    [InlineData("429", 429)]
    [InlineData("500", 500)]
    [InlineData("503", 503)]
    public async Task Faults_arrive_as_the_clients_own_exception(string fault, int status)
    {
        ChatClient chat = Client().GetChatClient($"sim/{fault}");

        ClientResultException failure = await Should.ThrowAsync<ClientResultException>(() =>
            chat.CompleteChatAsync([new UserChatMessage("Hi")], null, Stop)
        );

        failure.Status.ShouldBe(status);
    }

    private OpenAIClient Client() =>
        new(
            new ApiKeyCredential("sk-test"),
            new OpenAIClientOptions
            {
                Endpoint = new Uri(sim.Server.BaseAddress, "sim/openai/v1"),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            }
        );
}
