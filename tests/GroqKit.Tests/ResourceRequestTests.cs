using System.Text.Json.Nodes;
using GroqKit.TestKit.Contract;

namespace GroqKit.Tests;

[Requirement("CL-17")]
public sealed class ResourceRequestTests
{
    public static TheoryData<string> Names() => [.. ResourceRequestSamples.All().Select(sample => sample.Name)];

    public static TheoryData<string> Documented() =>
        [.. ResourceRequestSamples.All().Where(sample => sample.IsDocumented).Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_request_goes_out_exactly_as_written(string name)
    {
        ResourceRequestSample sample = Find(name);
        await using StubServer server = await StubServer.StartAsync();
        bool streams = sample.Json?.Contains("\"stream\":true", StringComparison.Ordinal) == true;
        server.Next(200, "{}", streams ? "text/event-stream" : "application/json");
        using GroqClient client = Clients.For(server);

        await sample.Send(client);

        StubRequest request = server.Requests.Single();
        request.Method.ShouldBe(sample.Method);
        request.Target.ShouldBe(sample.Path);
        request.Headers["authorization"].ShouldBe($"Bearer {Clients.Key}");
        if (sample.Json is null)
            request.Body.ShouldBeEmpty();
        else
            JsonNode.DeepEquals(Body(request), JsonNode.Parse(sample.Json)).ShouldBeTrue(Body(request).ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void A_request_fits_the_published_contract(string name)
    {
        ResourceRequestSample sample = Find(name);

        GroqContract.ValidateRequest(sample.Method, sample.Path, sample.Json).ShouldBeEmpty();
    }

    [Fact]
    public void Every_documented_endpoint_beside_chat_and_audio_is_covered()
    {
        string[] covered =
        [
            .. ResourceRequestSamples.All().Select(sample => $"{sample.Method} {sample.Path.Split('?')[0]}"),
        ];
        foreach (string name in GroqContract.Names)
        {
            if (name.Contains("/chat/", StringComparison.Ordinal) || name.Contains("/audio/", StringComparison.Ordinal))
                continue;
            covered.ShouldContain(path => Matches(name.Split('/'), path.Split('/')), name);
        }
    }

    private static ResourceRequestSample Find(string name) =>
        ResourceRequestSamples.All().Single(sample => sample.Name == name);

    // The fields of a form stand for its body.
    private static JsonNode Body(StubRequest request)
    {
        if (request.Headers["content-type"] == "application/json")
            return JsonNode.Parse(request.Body)!;
        var fields = new JsonObject();
        foreach (string part in request.Body.Split($"--{request.Headers["content-type"].Split('=')[1]}")[1..^1])
            fields[part.Split('"')[1]] = part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..^2];
        return fields;
    }

    private static bool Matches(string[] template, string[] path) =>
        template.Length == path.Length
        && template.Zip(path).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
}
