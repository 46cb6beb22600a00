using System.Net;
using System.Text.RegularExpressions;
using GroqKit.Simulator.Hosting;
using GroqKit.TestKit.Servers;

namespace GroqKit.Documents;

/// <summary>Settings of nginx that are shown lead calls to the servers that they name.</summary>
[Requirement("DL-03")]
public sealed partial class NginxTests
{
    public static TheoryData<string> Settings => Block.Places(block => block.Language == "nginx");

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Nginx_takes_it_and_passes_a_call_on(string place)
    {
        Assert.SkipUnless(NginxServer.Installed is not null, "nginx is not installed.");
        await using SimulatorServer node = await SimulatorServer.StartAsync();
        string text = Node().Replace(Block.At(place).Text, node.BaseAddress.Authority);
        await using NginxServer nginx = await NginxServer.StartAsync(port =>
            text.Replace("server {\n", $"server {{\nlisten 127.0.0.1:{port};\n", StringComparison.Ordinal)
        );
        using var client = new HttpClient { BaseAddress = nginx.Address };

        using HttpResponseMessage answer = await client.GetAsync("sim/faults", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [GeneratedRegex(@"node\d:8080", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Node();
}
