using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-09", "GW-02")]
public sealed class ShutdownTests : IDisposable
{
    private const string Key = "operators-own-key-0123456789";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TempDirectory _folder = new();

    [Fact]
    public async Task A_running_stream_ends_whole_before_the_process_does()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(context =>
            HalfwayAsync(context, goOn.Task)
        );
        // Long enough to be seen by who looks late.
        await using GatewayProcess gateway = Start(provider, ("GroqKit__Shutdown__Announce", "5s"));
        using HttpClient client = await ConnectAsync(gateway);
        using HttpResponseMessage answer = await StreamAsync(client);

        gateway.Terminate();
        HttpStatusCode ready = HttpStatusCode.OK;
        while (ready == HttpStatusCode.OK)
        {
            using HttpResponseMessage probe = await client.GetAsync(
                "/health/ready",
                TestContext.Current.CancellationToken
            );
            ready = probe.StatusCode;
        }
        ready.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await RefusedAsync(client.BaseAddress!);
        goOn.SetResult();

        (string text, Exception? failure) = await answer.UntilBrokenAsync();
        failure.ShouldBeNull();
        text.ShouldBe(Chunks.Role + Chunks.Word("one") + Chunks.Stop + Chunks.Done);
        (int code, string output) = await gateway.ExitAsync();
        code.ShouldBe(0, output);
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_stream_that_outlasts_the_grace_is_told_so_and_cut()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(context =>
            HalfwayAsync(context, Forever.WaitAsync(context.RequestAborted))
        );
        await using GatewayProcess gateway = Start(
            provider,
            ("GroqKit__Shutdown__Announce", "0s"),
            ("GroqKit__Shutdown__Grace", "500ms")
        );
        using HttpClient client = await ConnectAsync(gateway);
        using HttpResponseMessage answer = await StreamAsync(client);

        gateway.Terminate();

        (string text, Exception? failure) = await answer.UntilBrokenAsync();
        failure.ShouldNotBeNull();
        text.ShouldContain("\"code\":\"gateway_stopping\"");
        text.ShouldNotContain("[DONE]");
        (await gateway.ExitAsync()).Code.ShouldBe(0);
    }

    public void Dispose() => _folder.Dispose();

    private GatewayProcess Start(LoopbackServer provider, params (string Name, string Value)[] more) =>
        GatewayProcess.Start(
            _folder.FullPath,
            [
                ("GROQ_API_KEY", "gsk_x"),
                ("GROQ_BASE_URL", provider.Address.ToString()),
                ("GROQKIT_ADMIN_KEY", Key),
                .. more,
            ]
        );

    private static async Task<HttpClient> ConnectAsync(GatewayProcess gateway)
    {
        var client = new HttpClient { BaseAddress = await gateway.ListeningAsync() };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return client;
    }

    private static Task<HttpResponseMessage> StreamAsync(HttpClient client) =>
        client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
            {
                Content = new StringContent(RunningGateway.HelloStream, Encoding.UTF8, "application/json"),
            },
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );

    /// <summary>Returns once nobody can connect any more.</summary>
    private static async Task RefusedAsync(Uri address)
    {
        while (true)
        {
            try
            {
                await using RawConnection connection = await RawConnection.OpenAsync(address);
                await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
            }
            catch (System.Net.Sockets.SocketException)
            {
                return;
            }
        }
    }

    private static async Task HalfwayAsync(HttpContext context, Task goOn)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(Chunks.Role + Chunks.Word("one"));
        await context.Response.Body.FlushAsync();
        await goOn;
        await context.Response.WriteAsync(Chunks.Stop + Chunks.Done);
    }
}
