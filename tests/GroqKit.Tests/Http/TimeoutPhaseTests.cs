using System.Net;
using System.Net.Sockets;
using GroqKit.Chat;
using GroqKit.Http;
using GroqKit.Tests.Audio;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests.Http;

/// <summary>Whatever a call waits for, its deadline ends the wait and the error says what it was. Over real connections.</summary>
[Requirement("CL-08", "CL-09", "CL-18")]
public sealed class TimeoutPhaseTests
{
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_name_that_is_never_resolved()
    {
        var options = new GroqClientOptions();
        using SocketsHttpHandler transport = DefaultTransport.Create(
            options,
            async (_, token) =>
            {
                _reached.SetResult();
                await Forever.WaitAsync(token);
                return [];
            }
        );
        using GroqClient client = Client("https://groq.example", configured => configured.Transport = transport);

        await ShouldTimeOut(client.Models.ListAsync(), TimeoutPhase.NameResolution);
    }

    [Fact]
    public async Task A_name_that_is_never_resolved_ends_with_the_connection_limit_too()
    {
        var options = new GroqClientOptions { ConnectTimeout = TimeSpan.FromMilliseconds(100) };
        using SocketsHttpHandler transport = DefaultTransport.Create(
            options,
            async (_, token) =>
            {
                await Forever.WaitAsync(token);
                return [];
            }
        );
        using GroqClient client = Client("https://groq.example", configured => configured.Transport = transport);

        var error = await Should.ThrowAsync<GroqTimeoutException>(() => client.Models.ListAsync());

        error.Phase.ShouldBe(TimeoutPhase.NameResolution);
        error.IsTotal.ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_takes_no_connection()
    {
        // Linux drops what comes to a full queue, so the last connection is never answered.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var queued = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await queued.ConnectAsync(listener.LocalEndPoint!);
        TimeSpan limit = TimeSpan.FromMilliseconds(200);
        using GroqClient client = Client($"http://{listener.LocalEndPoint}", options => options.ConnectTimeout = limit);

        var error = await Should.ThrowAsync<GroqTimeoutException>(() => client.Models.ListAsync());

        (error.Phase, error.Limit, error.IsTotal).ShouldBe((TimeoutPhase.Connect, limit, false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_never_finishes_its_handshake(bool isConnectLimit)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using GroqClient client = Client(
            $"https://{silent.LocalEndpoint}",
            // Long enough for the connection itself, which would else be what was waited for.
            options => options.ConnectTimeout = isConnectLimit ? TimeSpan.FromSeconds(2) : Safety
        );

        Task<GroqKit.Models.ModelList> call = client.Models.ListAsync();
        if (isConnectLimit)
        {
            (await Should.ThrowAsync<GroqTimeoutException>(() => call)).Phase.ShouldBe(TimeoutPhase.TlsHandshake);
            return;
        }
        using TcpClient connection = await silent.AcceptTcpClientAsync();
        // The client's first words of encryption.
        await connection.GetStream().ReadExactlyAsync(new byte[1]);
        _reached.SetResult();
        await ShouldTimeOut(call, TimeoutPhase.TlsHandshake);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_does_not_answer_whether_the_connection_is_new_or_not(bool isReused)
    {
        bool isFirst = isReused;
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            if (isFirst)
            {
                isFirst = false;
                await AudioServer.JsonAsync(context, "{}");
                return;
            }
            _reached.SetResult();
            await Gone(context);
        });
        using GroqClient client = server.Client(options => options.TimeProvider = _clock);
        if (isReused)
            await client.Models.ListAsync();

        await ShouldTimeOut(client.Models.ListAsync(), TimeoutPhase.Headers);
    }

    [Fact]
    public async Task An_answer_that_stops_within_its_body()
    {
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"object":""");
            await context.Response.Body.FlushAsync();
            await Gone(context);
        });
        using var transport = new HeadersSeen(_reached);
        using GroqClient client = server.Client(options =>
        {
            options.TimeProvider = _clock;
            options.Transport = transport;
        });

        await ShouldTimeOut(client.Models.ListAsync(), TimeoutPhase.Body);
    }

    [Theory]
    [InlineData(0, TimeoutPhase.FirstChunk)]
    [InlineData(2, TimeoutPhase.BetweenChunks)]
    public async Task A_stream_that_falls_silent(int pieces, TimeoutPhase phase)
    {
        await using AudioServer server = await AudioServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            for (int i = 0; i < pieces; i++)
                await context.Response.WriteAsync(Chat.Streams.Event(Chat.Streams.Chunk("""{"content":"a"}""")));
            await context.Response.Body.FlushAsync();
            await Gone(context);
        });
        using GroqClient client = server.Client(options => options.TimeProvider = _clock);
        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        await using IAsyncEnumerator<ChatChunk> reader = stream.GetAsyncEnumerator();
        for (int i = 0; i < pieces; i++)
            (await reader.MoveNextAsync().AsTask().WaitAsync(Safety, TimeProvider.System)).ShouldBeTrue();

        Task<bool> next = reader.MoveNextAsync().AsTask();
        await _clock.WhenArmedAsync().WaitAsync(Safety, TimeProvider.System);
        _clock.Advance(TimeSpan.FromSeconds(60));

        var error = await Should.ThrowAsync<GroqStreamException>(() => next.WaitAsync(Safety, TimeProvider.System));
        error.InnerException.ShouldBeOfType<GroqTimeoutException>().Phase.ShouldBe(phase);
    }

    [Theory]
    [InlineData(5, true, 5)]
    [InlineData(60, true, 60)]
    [InlineData(61, false, 60)]
    public async Task The_deadline_of_the_whole_call_is_told_from_that_of_an_attempt(
        int seconds,
        bool isTotal,
        int limit
    )
    {
        await using AudioServer server = await AudioServer.StartAsync(context =>
        {
            _reached.SetResult();
            return Gone(context);
        });
        using GroqClient client = server.Client(options => options.TimeProvider = _clock);
        Task<GroqKit.Models.ModelList> call = client.Models.ListAsync(
            new CallOptions { Timeout = TimeSpan.FromSeconds(seconds) }
        );
        await _reached.Task.WaitAsync(Safety, TimeProvider.System);

        _clock.Advance(TimeSpan.FromSeconds(60));

        var error = await Should.ThrowAsync<GroqTimeoutException>(() => call);
        (error.Phase, error.IsTotal, error.Limit).ShouldBe(
            (TimeoutPhase.Headers, isTotal, TimeSpan.FromSeconds(limit))
        );
    }

    private static async Task Gone(HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private async Task ShouldTimeOut(Task call, TimeoutPhase phase)
    {
        await _reached.Task.WaitAsync(Safety, TimeProvider.System);
        call.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(60));

        var error = await Should.ThrowAsync<GroqTimeoutException>(() => call.WaitAsync(Safety, TimeProvider.System));
        error.Phase.ShouldBe(phase);
        error.Limit.ShouldBe(TimeSpan.FromSeconds(60));
        error.IsRetryable.ShouldBeTrue();
        error.Message.ShouldContain("60 s");
    }

    private GroqClient Client(string address, Action<GroqClientOptions>? configure = null) =>
        Clients.For(
            address,
            options =>
            {
                options.TimeProvider = _clock;
                options.ConnectTimeout = Safety;
                configure?.Invoke(options);
            }
        );

    private sealed class HeadersSeen(TaskCompletionSource seen)
        : DelegatingHandler(DefaultTransport.Create(new GroqClientOptions()))
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            seen.SetResult();
            return response;
        }
    }
}
