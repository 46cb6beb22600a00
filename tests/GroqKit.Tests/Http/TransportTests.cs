using System.Net;
using System.Text;
using GroqKit.Audio;
using GroqKit.Chat;
using GroqKit.Testing;
using GroqKit.Tests.Audio;

namespace GroqKit.Tests.Http;

/// <summary>The transport is whatever sends HTTP messages: the client gives it everything, and takes everything from it.</summary>
[Requirement("CL-05")]
public sealed class TransportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_answer_goes_through_the_handler_that_is_given()
    {
        using var transport = new OwnTransport(_ => Json(GroqBodies.Chat("From elsewhere.")));
        using GroqClient client = Clients.For(transport);

        ChatCompletion answer = await client.Chat.CreateAsync(Requests.Hello, cancellationToken: Stop);

        answer.Text.ShouldBe("From elsewhere.");
        transport
            .Seen.Single()
            .ShouldStartWith("POST https://api.groq.com/openai/v1/chat/completions application/json");
    }

    [Fact]
    public async Task A_stream_is_read_as_the_handler_gives_it()
    {
        using var body = new GatedStream();
        body.Give(Encoding.UTF8.GetBytes($"data: {GroqBodies.TextChunk("one")}\n\n"));
        using var transport = new OwnTransport(_ => new HttpResponseMessage
        {
            Content = new StreamContent(body) { Headers = { { "content-type", "text/event-stream" } } },
        });
        using GroqClient client = Clients.For(transport);

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello, cancellationToken: Stop);
        List<string> texts = [];
        await foreach (ChatChunk chunk in stream.WithCancellation(Stop))
        {
            if (chunk.Text is not { Length: > 0 } text)
                continue;
            texts.Add(text);
            if (texts.Count > 1)
                continue;
            // The second piece exists only once the first was handed on.
            body.Give(Encoding.UTF8.GetBytes($"data: {GroqBodies.TextChunk("two")}\n\n"));
            body.Give(Encoding.UTF8.GetBytes($"data: {GroqBodies.LastChunk()}\n\ndata: [DONE]\n\n"));
            body.End();
        }

        texts.ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task An_upload_reaches_the_handler_as_a_form()
    {
        using var transport = new OwnTransport(_ => Json(GroqBodies.Transcription("Heard.")));
        using GroqClient client = Clients.For(transport);

        Transcription heard = await client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest
            {
                Model = "whisper-large-v3",
                Audio = AudioInput.FromBytes("RIFF0000WAVE"u8.ToArray(), "a.wav"),
            },
            cancellationToken: Stop
        );

        heard.Text.ShouldBe("Heard.");
        transport.Seen.Single().ShouldContain("multipart/form-data");
        transport.Seen.Single().ShouldContain("RIFF0000WAVE");
        transport.Seen.Single().ShouldContain("filename=");
    }

    [Fact]
    public async Task What_the_handler_throws_comes_back_as_a_network_error_with_its_cause()
    {
        var cause = new HttpRequestException("the own wire is cut");
        using var transport = new OwnTransport(_ => throw cause);
        using GroqClient client = Clients.For(transport);

        var error = await Should.ThrowAsync<GroqNetworkException>(() =>
            client.Chat.CreateAsync(Requests.Hello, cancellationToken: Stop)
        );

        error.InnerException.ShouldBeSameAs(cause);
    }

    [Fact]
    public void The_handler_stays_its_giver_s_when_the_client_ends()
    {
        using var transport = new OwnTransport(_ => Json("{}"));

        Clients.For(transport).Dispose();

        transport.IsDisposed.ShouldBeFalse();
    }

    private static HttpResponseMessage Json(string body) =>
        new() { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private sealed class OwnTransport(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<string> Seen { get; } = [];

        public bool IsDisposed { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            string body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Seen.Add($"{request.Method} {request.RequestUri} {request.Content.Headers.ContentType} {body}");
            HttpResponseMessage response = answer(request);
            response.Version = HttpVersion.Version11;
            return response;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
