using System.Net;
using GroqKit.Gateway.Api;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Api;

[Requirement("GW-14")]
public sealed class RouteAccessTests
{
    private static readonly string[] PublicRoutes =
    [
        "/health/live",
        "/health/ready",
        "/health/providers",
        "/metrics",
        "/openapi/{documentName}.json",
        "/webhooks/{tenant}/{source}",
        "/signin",
        "/assets/{version}/{file}",
    ];

    private const string Alias = """{"name":"mine","models":[{"provider":"groq","model":"m"}]}""";

    private static readonly string[] Roles = ["caller", "operator", "admin"];

    [Fact]
    public async Task Every_route_declares_who_may_use_it_and_few_are_for_everyone()
    {
        await using RunningGateway gateway = await StartAsync();

        foreach (RouteEndpoint route in Routes(gateway))
        {
            RouteAccess access = route
                .Metadata.GetMetadata<RouteAccess>()
                .ShouldNotBeNull($"{route.DisplayName} says nothing about who may use it");
            if (
                access.Needed == Scopes.None
                && !ReferenceEquals(access, RouteAccess.Refusal)
                && !ReferenceEquals(access, RouteAccess.Session)
            )
                PublicRoutes.ShouldContain(route.RoutePattern.RawText!);
        }
    }

    [Fact]
    public async Task Without_a_valid_key_no_route_does_anything()
    {
        await using RunningGateway gateway = await StartAsync();

        foreach ((string method, string path, _) in Guarded(gateway))
        {
            foreach (string key in (string[])["not-a-key", KeyFormat.Create("dev")])
            {
                AdminAnswer answer = await gateway.AdminAsync(new HttpMethod(method), path, "{}", key);
                answer.Status.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
            }
        }
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_route_lets_in_exactly_the_roles_that_its_policy_permits()
    {
        await using RunningGateway gateway = await StartAsync();
        foreach (string role in Roles)
        {
            string key = await gateway.NewKeyAsync($$"""{"name":"r","role":"{{role}}"}""");
            Scopes granted = Permissions.Of(Permissions.Role(role)!.Value);
            foreach ((string method, string path, Scopes needed) in Guarded(gateway))
            {
                AdminAnswer answer = await gateway.AdminAsync(new HttpMethod(method), path, "{}", key);

                bool refused = answer.Status == HttpStatusCode.Forbidden;
                refused.ShouldBe((granted & needed) != needed, $"{role}: {method} {path} gave {answer.Status}");
                answer.Status.ShouldNotBe(HttpStatusCode.Unauthorized, $"{role}: {method} {path}");
            }
        }
    }

    [Fact]
    public async Task Every_scope_is_what_some_role_lacks_or_some_route_needs()
    {
        await using RunningGateway gateway = await StartAsync();
        foreach ((string method, string path, Scopes needed) in Guarded(gateway))
        {
            string[] others =
            [
                .. Permissions.AllScopes.Where(name => (Permissions.Scope(name)!.Value & needed) == Scopes.None),
            ];
            string key = await gateway.NewKeyAsync(
                $$"""{"name":"s","role":"admin","scopes":["{{string.Join("\",\"", others)}}"]}"""
            );

            AdminAnswer answer = await gateway.AdminAsync(new HttpMethod(method), path, "{}", key);

            answer.Status.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
        }
    }

    [Fact]
    public async Task What_another_tenant_has_is_not_there_for_any_role()
    {
        await using RunningGateway gateway = await StartAsync();
        await gateway.PostAsync("/api/providers?tenant=a", """{"name":"mine","kind":"openai"}""");
        await gateway.PostAsync("/api/agents?tenant=a", """{"name":"mine","llm":{"provider":"mine","model":"m"}}""");
        await gateway.PostAsync("/api/aliases?tenant=a", Alias);
        AdminAnswer key = await gateway.PostAsync("/api/keys?tenant=a", """{"name":"mine"}""");
        Dictionary<string, string> owned = new()
        {
            ["{name}"] = "mine",
            ["{id}"] = key.Text("id"),
            ["{service}"] = "llm",
        };
        foreach (string role in Roles)
        {
            string foreign = await gateway.NewKeyAsync($$"""{"name":"f","role":"{{role}}"}""", tenant: "b");
            Scopes granted = Permissions.Of(Permissions.Role(role)!.Value);
            foreach (RouteEndpoint route in Routes(gateway).Where(IsAdmin))
            {
                Scopes needed = route.Metadata.GetMetadata<RouteAccess>()!.Needed;
                string pattern = route.RoutePattern.RawText!;
                string path = owned.Aggregate(pattern, (text, value) => text.Replace(value.Key, value.Value));
                string method = MethodOf(route);
                string body = ValidBodyFor(pattern);

                AdminAnswer own = await gateway.AdminAsync(new HttpMethod(method), path, body, foreign);
                AdminAnswer named = await gateway.AdminAsync(new HttpMethod(method), path + "?tenant=a", body, foreign);

                named.Status.ShouldBe(HttpStatusCode.Forbidden, $"{role}: {method} {path}?tenant=a");
                if ((granted & needed) != needed)
                    own.Status.ShouldBe(HttpStatusCode.Forbidden, $"{role}: {method} {path}");
                else if (pattern.Contains('{'))
                    own.Status.ShouldBe(HttpStatusCode.NotFound, $"{role}: {method} {path}: {own.Body}");
                else
                    own.Body.ToJsonString().ShouldNotContain(key.Text("id"));
            }
        }
        (await gateway.GetAsync("/api/agents/mine?tenant=a")).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.GetAsync("/api/providers/mine?tenant=a")).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.GetAsync($"/api/keys/{key.Text("id")}?tenant=a"))["revokedAt"].ShouldBeNull();
    }

    [Fact]
    public async Task A_tenants_agents_and_providers_serve_its_own_calls_only()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using RunningGateway gateway = await StartAsync();
        await gateway.PostAsync(
            "/api/providers?tenant=a",
            $$"""{"name":"mine","kind":"openai","baseUrl":"{{provider.Address}}"}"""
        );
        await gateway.PostAsync("/api/agents?tenant=a", """{"name":"mine","llm":{"provider":"mine","model":"m"}}""");
        string own = await gateway.NewKeyAsync("""{"name":"k"}""", tenant: "a");
        string foreign = await gateway.NewKeyAsync("""{"name":"k"}""", tenant: "b");
        const string Call = """{"model":"agent/mine","messages":[{"role":"user","content":"Hi"}]}""";

        (await gateway.PostAsync("/v1/chat/completions", Call, own)).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.PostAsync("/v1/chat/completions", Call, foreign)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await gateway.PostAsync("/v1/chat/completions", Call)).Status.ShouldBe(HttpStatusCode.NotFound);
        provider.Requests.Count.ShouldBe(1);
    }

    private static Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

    private static bool IsAdmin(RouteEndpoint route) =>
        route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal);

    private static IEnumerable<RouteEndpoint> Routes(RunningGateway gateway) =>
        gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static IEnumerable<(string Method, string Path, Scopes Needed)> Guarded(RunningGateway gateway) =>
        from route in Routes(gateway)
        let access = route.Metadata.GetMetadata<RouteAccess>()
        where access is not null && access.Needed != Scopes.None
        select (MethodOf(route), PathOf(route), access.Needed);

    private static string MethodOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0];

    // Names that nobody has: who is let in finds nothing.
    private static string PathOf(RouteEndpoint route) =>
        System.Text.RegularExpressions.Regex.Replace(
            route.RoutePattern.RawText!,
            @"\{[^}]+\}",
            "nobody",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(30)
        );

    private static string ValidBodyFor(string pattern) =>
        pattern switch
        {
            "/api/agents/{name}/providers/{service}" => """{"provider":"groq","model":"m"}""",
            "/api/aliases/{name}" => Alias,
            _ => "{}",
        };
}
