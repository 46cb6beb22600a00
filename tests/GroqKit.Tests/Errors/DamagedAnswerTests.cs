using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using GroqKit.Audio;
using GroqKit.Tests.Chat;
using GroqKit.Tests.Responses;

namespace GroqKit.Tests.Errors;

/// <summary>
/// Whatever one value of an answer is replaced by, the call ends in an object of which everything can be read, or in one typed error.
/// </summary>
[Requirement("CL-18", "CL-13")]
public sealed class DamagedAnswerTests
{
    private static readonly string[] Damages =
    [
        "null",
        "{}",
        "[]",
        "[null]",
        "[[]]",
        "\"x\"",
        "\"\\ud800\"",
        "-1",
        "1e300",
        "2147483647",
        "true",
    ];

    private static readonly Dictionary<string, (string Body, Func<GroqClient, Task<object>> Call)> Whole = new()
    {
        ["chat"] = (ChatCompletionTests.Everything, async client => await client.Chat.CreateAsync(Requests.Hello)),
        ["response"] = (
            ResponsesClientTests.Answer,
            async client => await client.Responses.CreateAsync(new() { Model = "m", Input = "a" })
        ),
        ["transcription"] = (
            """
            {"text":"a","task":"transcribe","language":"English","duration":1.5,"segments":[{"id":0,"seek":0,"start":0,"end":1.5,"text":" a","tokens":[1],
            "temperature":0,"avg_logprob":-0.1,"compression_ratio":1,"no_speech_prob":0.1}],"words":[{"word":"a","start":0,"end":1}],"x_groq":{"id":"r"} }
            """,
            async client =>
                await client.Audio.Transcriptions.CreateAsync(
                    new() { Audio = AudioInput.FromBytes(new byte[] { 1 }, "a.wav") }
                )
        ),
        ["models"] = (
            """
            {"object":"list","data":[{"id":"m","object":"model","created":1,"owned_by":"o","active":true,"context_window":8,"max_completion_tokens":8,
            "public_apps":null,"input_modalities":["text"],"supported_features":["tools"],"pricing":{"prompt":"0.1","completion":"0.2"} }]}
            """,
            async client => await client.Models.ListAsync()
        ),
        ["embeddings"] = (
            """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5,1]}],"usage":{"prompt_tokens":1,"total_tokens":1} }""",
            async client => await client.Embeddings.CreateAsync(new() { Model = "m", Input = "a" })
        ),
        ["ranking"] = (
            """{"results":[{"index":0,"relevance_score":0.5,"document":"a"}],"usage":{"prompt_tokens":1,"total_tokens":1} }""",
            async client =>
                await client.Reranking.CreateAsync(
                    new()
                    {
                        Model = "m",
                        Query = "q",
                        Docs = ["a"],
                    }
                )
        ),
        ["files"] = (
            """{"object":"list","data":[{"id":"f","object":"file","bytes":1,"created_at":1,"filename":"a","purpose":"batch"}]}""",
            async client => await client.Files.ListAsync()
        ),
        ["batches"] = (
            """
            {"object":"list","data":[{"id":"b","object":"batch","endpoint":"/v1/chat/completions","errors":{"object":"list","data":[{"code":"c","message":"m",
            "param":"p","line":1}]},"input_file_id":"f","completion_window":"24h","status":"completed","created_at":1,"request_counts":{"total":1,"completed":1,
            "failed":0},"metadata":{"a":"b"} }],"paging":{"next_cursor":"n"} }
            """,
            async client => await client.Batches.ListPageAsync()
        ),
        ["fine-tunings"] = (
            """{"object":"list","data":[{"id":"t","name":"n","base_model":"m","type":"lora","input_file_id":"f","created_at":1,"fine_tuned_model":"x"}]}""",
            async client => await client.FineTunings.ListAsync()
        ),
    };

    public static TheoryData<string> Answers() => [.. Whole.Keys];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_damaged_answer_can_be_read_or_is_a_typed_error(string name)
    {
        (string body, Func<GroqClient, Task<object>> call) = Whole[name];
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler, options => options.CircuitBreaker.Enabled = false);
        handler.Next(200, body);
        ReadAll(await call(client));
        foreach (string damaged in Damaged(body))
        {
            handler.Next(200, damaged);
            try
            {
                ReadAll(await call(client));
            }
            catch (GroqServerException error)
            {
                error.Body.ShouldNotBeNull();
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(damaged, error);
            }
        }
    }

    public static TheoryData<string, string> Events() =>
        new()
        {
            { "chat", Streams.Minimal },
            { "chat", Streams.Tools },
            { "response", ResponseStreams.Completed },
            { "response", ResponseStreams.Call },
            { "response", ResponseStreams.Failed },
        };

    [Theory]
    [MemberData(nameof(Events))]
    public async Task A_damaged_stream_can_be_read_or_is_a_stream_error(string name, string events)
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler, options => options.CircuitBreaker.Enabled = false);
        string[] lines = events.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("data: {", StringComparison.Ordinal))
                continue;
            foreach (string damaged in Damaged(lines[i]["data: ".Length..]))
            {
                string[] copy = [.. lines];
                copy[i] = $"data: {damaged}";
                handler.NextStream(new MemoryStream(Streams.Bytes(string.Join('\n', copy))));
                try
                {
                    ReadAll(
                        name == "chat"
                            ? await (await client.Chat.StreamAsync(Requests.Hello)).CollectAsync()
                            : await (
                                await client.Responses.StreamAsync(new() { Model = "m", Input = "a" })
                            ).CollectAsync()
                    );
                }
                catch (GroqStreamException error)
                {
                    ReadAll((object?)error.Partial ?? "");
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException(damaged, error);
                }
            }
        }
    }

    // Every value in turn, replaced by each of the damages.
    private static IEnumerable<string> Damaged(string json)
    {
        int values = Places(JsonNode.Parse(json)!).Count();
        for (int i = 0; i < values; i++)
        {
            foreach (string damage in Damages)
            {
                JsonNode root = JsonNode.Parse(json)!;
                (JsonNode parent, string? name, int index) = Places(root).ElementAt(i);
                if (name is null)
                    parent[index] = "«»";
                else
                    parent[name] = "«»";
                yield return root.ToJsonString(Relaxed).Replace("\"«»\"", damage, StringComparison.Ordinal);
            }
        }
    }

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Places(member.Value).Prepend((members, member.Key, 0))),
            JsonArray items => items.SelectMany((item, index) => Places(item).Prepend((items, null, index))),
            _ => [],
        };

    private static void ReadAll(object value)
    {
        if (value is IEnumerable items and not string)
        {
            foreach (object? item in items)
            {
                item.ShouldNotBeNull();
                ReadAll(item);
            }
            return;
        }
        Type type = value.GetType();
        if (type.Namespace?.StartsWith("GroqKit", StringComparison.Ordinal) != true)
            return;
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0 && property.GetValue(value) is { } inner)
                ReadAll(inner);
        }
        if (value is Transcription { Segments: not null } transcription)
            transcription.ToSrt().ShouldNotBeNull();
    }
}
