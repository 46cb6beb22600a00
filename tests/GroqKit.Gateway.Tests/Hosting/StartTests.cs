using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-14", "GW-13")]
public sealed class StartTests : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Fact]
    public async Task The_first_start_prints_a_key_once_and_a_curl_line_that_works()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using GatewayProcess first = Start(provider);
        Uri address = await first.ListeningAsync();
        string curl = await first.CurlAsync();
        string key = Between(curl, "Bearer ", "'");

        curl.ShouldContain($"curl -N {address}v1/chat/completions");
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var body = new StringContent(Between(curl, "-d '", "'"), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri(address, "/v1/chat/completions"),
            body,
            TestContext.Current.CancellationToken
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        provider.Requests.ShouldHaveSingleItem().Text.ShouldContain("\"stream\":true");
        first.Terminate();
        (int code, string output) = await first.ExitAsync();
        code.ShouldBe(0, output);

        await using GatewayProcess second = Start(provider);
        Uri again = await second.ListeningAsync();
        using HttpResponseMessage models = await client.GetAsync(
            new Uri(again, "/v1/models"),
            TestContext.Current.CancellationToken
        );
        models.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Terminate();
        (await second.ExitAsync()).Output.ShouldNotContain("gk_");
    }

    [Fact]
    public async Task The_operators_own_key_works_and_is_never_printed()
    {
        const string Own = "operators-own-key-0123456789";
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using GatewayProcess gateway = Start(provider, ("GROQKIT_ADMIN_KEY", Own));
        Uri address = await gateway.ListeningAsync();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Own);

        using HttpResponseMessage answer = await client.GetAsync(
            new Uri(address, "/v1/models"),
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Terminate();
        (int code, string output) = await gateway.ExitAsync();
        code.ShouldBe(0);
        output.ShouldNotContain(Own);
        output.ShouldNotContain("gsk_of_the_gateway");
        File.Exists(Path.Combine(_folder.FullPath, "data", "keys.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_is_one_clear_line()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullPath, "data"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullPath, "data", "journal"),
            "a file where the folder belongs",
            TestContext.Current.CancellationToken
        );
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using GatewayProcess gateway = Start(provider, ("GROQKIT_ADMIN_KEY", "an-own-key-of-the-operator"));

        (int code, string output) = await gateway.ExitAsync();

        code.ShouldBe(1);
        output.Trim().ShouldStartWith("The usage journal in '");
        output.Trim().ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using GatewayProcess gateway = GatewayProcess.StartAt(
            _folder.FullPath,
            $"http://{taken.LocalEndpoint}",
            Variables(provider)
        );

        (int code, string output) = await gateway.ExitAsync();

        code.ShouldBe(1);
        output.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(taken.LocalEndpoint.ToString()!);
        File.Exists(Path.Combine(_folder.FullPath, "data", "keys.json")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("http://192.0.2.1:9")]
    [InlineData("ftp://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:99999")]
    public async Task An_address_that_cannot_be_listened_on_is_one_clear_line(string urls)
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using GatewayProcess gateway = GatewayProcess.StartAt(_folder.FullPath, urls, Variables(provider));

        (int code, string output) = await gateway.ExitAsync();

        code.ShouldBe(1, output);
        output.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("listen");
    }

    [Fact]
    public async Task Without_a_provider_key_nothing_starts_outside_development()
    {
        await using GatewayProcess gateway = GatewayProcess.Start(
            _folder.FullPath,
            ("ASPNETCORE_ENVIRONMENT", "Production")
        );

        (int code, string output) = await gateway.ExitAsync();

        code.ShouldBe(1);
        output.ShouldContain("GROQ_API_KEY");
        output.ShouldNotContain("   at ");
        output.Trim().Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_damaged_key_file_stops_the_start_and_is_named()
    {
        string file = _folder.At("data", "keys.json");
        await File.WriteAllTextAsync(file, "{", TestContext.Current.CancellationToken);
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using GatewayProcess gateway = Start(provider);

        (int code, string output) = await gateway.ExitAsync();

        code.ShouldBe(1);
        output.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(file);
    }

    public void Dispose() => _folder.Dispose();

    private GatewayProcess Start(LoopbackServer provider, params (string Name, string Value)[] more) =>
        GatewayProcess.Start(_folder.FullPath, [.. Variables(provider), .. more]);

    private static (string Name, string Value)[] Variables(LoopbackServer provider) =>
        [
            ("GROQ_API_KEY", "gsk_of_the_gateway"),
            ("GROQ_BASE_URL", provider.Address.ToString()),
            ("GroqKit__Shutdown__Announce", "0s"),
        ];

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
