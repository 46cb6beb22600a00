using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Testing;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests;

/// <summary>One client serves a whole program: every resource, from any number of threads, for as long as it runs.</summary>
[Requirement("CL-01")]
public sealed class SharedClientTests
{
    private const int Callers = 200;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_at_once_each_get_their_own_answer()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(EchoAsync, cancellationToken: Stop);
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        string[] answers = await Task.WhenAll(
            Enumerable.Range(0, Callers).Select(i => Task.Run(() => AskAsync(client, i), Stop))
        );

        answers.ShouldBe(Enumerable.Range(0, Callers).Select(Word));
        server.Requests.Count.ShouldBe(Callers);
    }

    [Fact]
    public async Task A_call_that_fails_or_is_cancelled_does_not_touch_the_others()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(EchoAsync, cancellationToken: Stop);
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        Task<string>[] healthy = [.. Enumerable.Range(0, 20).Select(i => AskAsync(client, i))];
        Task<ChatCompletion>[] cancelled =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(_ => client.Chat.CreateAsync(Requests.Hello, cancellationToken: gone.Token)),
        ];

        foreach (Task<ChatCompletion> call in cancelled)
            await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await Task.WhenAll(healthy)).ShouldBe(Enumerable.Range(0, 20).Select(Word));
    }

    [Fact]
    public void Every_resource_is_there_once_and_stays_the_same()
    {
        using GroqClient client = new ScriptedHandler().CreateClient();

        object[] first = Resources(client);
        object[] again = Resources(client);

        first.Length.ShouldBe(10);
        first.ShouldBeUnique();
        for (int i = 0; i < first.Length; i++)
            again[i].ShouldBeSameAs(first[i]);
    }

    [Fact]
    public async Task After_its_end_a_client_says_so()
    {
        GroqClient client = new ScriptedHandler().CreateClient();
        client.Dispose();
        client.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(() =>
            client.Chat.CreateAsync(Requests.Hello, cancellationToken: Stop)
        );
    }

    private static object[] Resources(GroqClient client) =>
        [
            client.Chat,
            client.Audio,
            client.Models,
            client.Responses,
            client.Files,
            client.Batches,
            client.Embeddings,
            client.Reranking,
            client.FineTunings,
            client.Completions,
        ];

    private static string Word(int caller) => $"caller {caller}";

    /// <summary>Every other caller streams.</summary>
    private static async Task<string> AskAsync(GroqClient client, int caller)
    {
        ChatRequest request = Requests.Hello with { Messages = [Word(caller)] };
        if (caller % 2 == 0)
            return (await client.Chat.CreateAsync(request, cancellationToken: Stop)).Text!;
        await using ChatStream stream = await client.Chat.StreamAsync(request, cancellationToken: Stop);
        string text = "";
        await foreach (ChatChunk chunk in stream.WithCancellation(Stop))
            text += chunk.Text;
        return text;
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: Stop);
        string said = body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
        bool streams = body.RootElement.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean();
        RequestDelegate answer = streams
            ? Answer.Events(GroqBodies.TextChunk(said), GroqBodies.LastChunk(), "[DONE]")
            : Answer.Json(GroqBodies.Chat(said));
        await answer(context);
    }
}
