using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.Admin;

[Requirement("GW-04")]
public sealed class ApiDocumentTests
{
    [Fact]
    public async Task The_document_has_every_route_with_its_path_and_body()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        gateway.Client.DefaultRequestHeaders.Authorization = null;

        using HttpResponseMessage answer = await gateway.Client.GetAsync(
            "/openapi/v1.json",
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        JsonNode paths = JsonNode.Parse(await answer.TextAsync())!["paths"]!;
        foreach (
            string path in (string[])
                [
                    "/api/agents",
                    "/api/agents/{name}",
                    "/api/agents/{name}/providers/{service}",
                    "/api/providers",
                    "/api/providers/{name}",
                    "/api/providers/{name}/validate",
                    "/api/keys",
                    "/api/keys/{id}",
                    "/api/keys/{id}/rotate",
                    "/api/audit",
                ]
        )
            paths[path].ShouldNotBeNull(path);
        JsonNode put = paths["/api/agents/{name}/providers/{service}"]!["put"]!;
        put["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ShouldBe(["name", "service"]);
        put["requestBody"]!["content"]!["application/json"]!["schema"].ShouldNotBeNull();
    }

    [Fact]
    public async Task The_page_for_it_is_there_with_its_scripts()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        foreach (string path in (string[])["/docs/index.html", "/docs/swagger-ui-bundle.js"])
        {
            using HttpResponseMessage answer = await gateway.Client.GetAsync(
                path,
                TestContext.Current.CancellationToken
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }
}
