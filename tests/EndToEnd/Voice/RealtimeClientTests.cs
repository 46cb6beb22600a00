using System.ClientModel;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using GroqKit.Audio;
using GroqKit.EndToEnd.Running;
using OpenAI.Realtime;

namespace GroqKit.EndToEnd.Voice;

/// <summary>The official .NET client of the Realtime protocol, unmodified, in what it can do: sound in, tools, being spoken over, mistakes.</summary>
[Requirement("GW-19", "GW-02")]
public sealed class RealtimeClientTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Model = "openai/gpt-oss-20b";
    private const int Rate = 24_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_that_is_spoken_is_heard_and_answered_by_itself()
    {
        using RealtimeSessionClient session = await OpenAsync();
        await session.ConfigureConversationSessionAsync(
            new RealtimeConversationSessionOptions
            {
                AudioOptions = new RealtimeConversationSessionAudioOptions
                {
                    InputAudioOptions = new RealtimeConversationSessionInputAudioOptions
                    {
                        AudioTranscriptionOptions = new RealtimeAudioTranscriptionOptions
                        {
                            Model = "whisper-large-v3-turbo",
                            Language = "en",
                        },
                        TurnDetection = new RealtimeServerVadTurnDetection
                        {
                            SilenceDuration = TimeSpan.FromMilliseconds(400),
                        },
                    },
                },
            },
            Cancelled
        );
        using var sound = new MemoryStream(await SayAsync("What is the capital of France?"));
        await session.SendInputAudioAsync(sound, Cancelled);
        List<RealtimeServerUpdate> updates = await ReadAsync<RealtimeServerUpdateResponseDone>(session);

        TimeSpan began = updates.OfType<RealtimeServerUpdateInputAudioBufferSpeechStarted>().Single().AudioStartTime;
        TimeSpan ended = updates.OfType<RealtimeServerUpdateInputAudioBufferSpeechStopped>().Single().AudioEndTime;
        // Half a second of silence goes before, of which 300 ms are kept.
        began.ShouldBeInRange(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(600));
        ended.ShouldBeGreaterThan(began);
        updates.OfType<RealtimeServerUpdateInputAudioBufferCommitted>().ShouldHaveSingleItem();
        updates
            .OfType<RealtimeServerUpdateConversationItemInputAudioTranscriptionCompleted>()
            .ShouldHaveSingleItem()
            .Transcript.ShouldNotBeNullOrWhiteSpace();
        updates
            .OfType<RealtimeServerUpdateResponseOutputAudioDelta>()
            .Sum(delta => delta.Delta.ToMemory().Length)
            .ShouldBeGreaterThan(Rate);
        ResponseOf(updates).Status.ShouldBe(RealtimeResponseStatus.Completed);
    }

    [Fact]
    public async Task A_tool_is_called_by_the_caller_and_its_result_answered()
    {
        using RealtimeSessionClient session = await OpenAsync();
        var tool = new RealtimeFunctionTool("next_ferry")
        {
            FunctionDescription = "When the next ferry leaves.",
            FunctionParameters = BinaryData.FromString(
                """{"type":"object","properties":{"harbour":{"type":"string"}},"required":["harbour"]}"""
            ),
        };
        await session.AddItemAsync(RealtimeItem.CreateUserMessageItem("When does the next ferry leave?"), Cancelled);
        await session.StartResponseAsync(
            new RealtimeResponseOptions
            {
                Tools = { tool },
                ToolChoice = new RealtimeToolChoice(RealtimeDefaultToolChoice.Required),
            },
            Cancelled
        );
        List<RealtimeServerUpdate> updates = await ReadAsync<RealtimeServerUpdateResponseDone>(session);

        RealtimeFunctionCallItem call = ResponseOf(updates)
            .OutputItems.ShouldHaveSingleItem()
            .ShouldBeOfType<RealtimeFunctionCallItem>();
        call.FunctionName.ShouldBe("next_ferry");
        call.FunctionArguments.ToString().ShouldStartWith("{");
        await session.AddItemAsync(
            RealtimeItem.CreateFunctionCallOutputItem(call.CallId, """{"leaves":"18:40"}"""),
            Cancelled
        );
        await session.StartResponseAsync(Cancelled);
        updates = await ReadAsync<RealtimeServerUpdateResponseDone>(session);

        ResponseOf(updates).OutputItems.ShouldHaveSingleItem().ShouldBeOfType<RealtimeMessageItem>();
    }

    [Fact]
    public async Task An_answer_that_is_spoken_over_keeps_what_was_heard()
    {
        using RealtimeSessionClient session = await OpenAsync();
        await session.AddItemAsync(RealtimeItem.CreateUserMessageItem("Tell me a long story."), Cancelled);
        await session.StartResponseAsync(Cancelled);
        string item = await HearHalfASecondAsync(session);
        await session.CancelResponseAsync(Cancelled);
        List<RealtimeServerUpdate> updates = await ReadAsync<RealtimeServerUpdateResponseDone>(session);
        string whole = updates.OfType<RealtimeServerUpdateResponseOutputAudioTranscriptDone>().Last().Transcript;

        // A story that was over before the word came is no failure of the word's.
        ResponseOf(updates).Status.ShouldBeOneOf(RealtimeResponseStatus.Cancelled, RealtimeResponseStatus.Completed);
        await session.TruncateItemAsync(item, 0, TimeSpan.FromMilliseconds(400), Cancelled);
        updates = await ReadAsync<RealtimeServerUpdateConversationItemTruncated>(session);
        updates[^1]
            .ShouldBeOfType<RealtimeServerUpdateConversationItemTruncated>()
            .AudioEndTime.ShouldBe(TimeSpan.FromMilliseconds(400));
        await session.RequestItemRetrievalAsync(item, Cancelled);
        updates = await ReadAsync<RealtimeServerUpdateConversationItemRetrieved>(session);
        string left = updates[^1]
            .ShouldBeOfType<RealtimeServerUpdateConversationItemRetrieved>()
            .Item.ShouldBeOfType<RealtimeMessageItem>()
            .Content.ShouldHaveSingleItem()
            .ShouldBeOfType<RealtimeOutputAudioMessageContentPart>()
            .Transcript;
        left.Length.ShouldBeLessThan(whole.Length);
        whole.ShouldStartWith(left);
    }

    [Fact]
    public async Task A_mistake_is_told_and_the_session_goes_on()
    {
        using RealtimeSessionClient session = await OpenAsync();

        await session.DeleteItemAsync("item_that_is_not_there", Cancelled);
        await session.CommitPendingAudioAsync(Cancelled);
        RealtimeServerUpdate[] updates =
        [
            .. await ReadAsync<RealtimeServerUpdateError>(session),
            .. await ReadAsync<RealtimeServerUpdateError>(session),
        ];

        RealtimeServerUpdateError[] mistakes = [.. updates.OfType<RealtimeServerUpdateError>()];
        mistakes.Select(mistake => mistake.Error.Kind).ShouldAllBe(kind => kind == "invalid_request_error");
        mistakes[0].Error.ParameterName.ShouldBe("item_id");
        mistakes[1].Error.Code.ShouldBe("input_audio_buffer_commit_empty");
        await session.AddItemAsync(RealtimeItem.CreateUserMessageItem("Are you still there?"), Cancelled);
        await session.StartResponseAsync(Cancelled);
        ResponseOf(await ReadAsync<RealtimeServerUpdateResponseDone>(session))
            .Status.ShouldBe(RealtimeResponseStatus.Completed);
    }

    private async Task<RealtimeSessionClient> OpenAsync()
    {
        // Not by way of OpenAIClient, which of this version sends no key with a WebSocket.
        var client = new RealtimeClient(
            new ApiKeyCredential(GatewayFixture.Key),
            new RealtimeClientOptions { Endpoint = new Uri(gateway.Address, "v1") }
        );
        return await client.StartConversationSessionAsync(Model, cancellationToken: Cancelled);
    }

    /// <summary>Bare samples: half a second of silence, the words, and a second of silence.</summary>
    private async Task<byte[]> SayAsync(string words)
    {
        using var http = new HttpClient { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GatewayFixture.Key);
        using HttpResponseMessage spoken = await http.PostAsJsonAsync(
            "/v1/audio/speech",
            new
            {
                model = "canopylabs/orpheus-v1-english",
                voice = "hannah",
                input = words,
                response_format = "wav",
                sample_rate = Rate,
            },
            Cancelled
        );
        spoken.EnsureSuccessStatusCode();
        WavAudio sound = WavAudio.Parse(await spoken.Content.ReadAsByteArrayAsync(Cancelled));
        sound.Format.ShouldBe(WavFormat.Pcm16(Rate));
        return [.. new byte[Rate], .. sound.Data.Span, .. new byte[2 * Rate]];
    }

    /// <returns>What is heard.</returns>
    private static async Task<string> HearHalfASecondAsync(RealtimeSessionClient session)
    {
        for (int heard = 0; ; )
        {
            var delta = (RealtimeServerUpdateResponseOutputAudioDelta)
                (await ReadAsync<RealtimeServerUpdateResponseOutputAudioDelta>(session))[^1];
            heard += delta.Delta.ToMemory().Length;
            if (heard >= Rate)
                return delta.ItemId;
        }
    }

    /// <summary>All updates up to the next of a kind.</summary>
    private static async Task<List<RealtimeServerUpdate>> ReadAsync<TLast>(RealtimeSessionClient session)
        where TLast : RealtimeServerUpdate
    {
        var updates = new List<RealtimeServerUpdate>();
        await foreach (RealtimeServerUpdate update in session.ReceiveUpdatesAsync(Cancelled))
        {
            updates.Add(update);
            if (update is TLast)
                return updates;
            if (update is RealtimeServerUpdateError failed)
                throw new InvalidOperationException(failed.Error.Message);
        }
        throw new InvalidOperationException($"The session ended without {typeof(TLast).Name}.");
    }

    private static RealtimeResponse ResponseOf(List<RealtimeServerUpdate> updates) =>
        updates.OfType<RealtimeServerUpdateResponseDone>().Single().Response;
}
