using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GroqKit.Dashboard.Tests.Running;

namespace GroqKit.Dashboard.Tests;

/// <summary>What a key permits is what its session shows and does.</summary>
[Requirement("UI-01", "UI-04")]
public sealed partial class RoleTests(DashboardStand stand)
{
    // Method, route, fields, and the first role that may.
    private static readonly (string Method, string Path, (string, string)[] Fields, int From)[] Actions =
    [
        ("POST", "/api/agents", [("text:name", "NAME")], 1),
        ("PATCH", "/api/agents/NAME", [("text?:description", "changed")], 1),
        (
            "PUT",
            "/api/agents/NAME/providers/llm",
            [("text:provider", "simulator"), ("text:model", "openai/gpt-oss-20b")],
            1
        ),
        ("DELETE", "/api/agents/NAME/providers/llm", [], 1),
        ("DELETE", "/api/agents/NAME", [], 1),
        (
            "POST",
            "/api/providers",
            [("text:name", "NAME"), ("text:kind", "openai"), ("text:baseUrl", "http://127.0.0.1:9")],
            1
        ),
        ("POST", "/api/providers/NAME/share", [("number:percent", "50")], 1),
        ("POST", "/api/providers/NAME/disable", [], 1),
        ("POST", "/api/providers/NAME/enable", [], 1),
        ("POST", "/api/providers/NAME/validate", [], 1),
        ("POST", "/api/providers/NAME/move", [("text:to", "simulator"), ("truth:dryRun", "true")], 1),
        (
            "PUT",
            "/api/providers/NAME",
            [("text:kind", "openai"), ("text:baseUrl", "http://127.0.0.1:9"), ("text:apiKey", "sk-next")],
            1
        ),
        ("DELETE", "/api/providers/NAME", [], 1),
        ("POST", "/api/webhooks", [("text:url", "http://127.0.0.1:9/NAME")], 1),
        ("POST", "/api/webhook-sources", [("text:name", "NAME"), ("text:handler", "record")], 1),
        ("POST", "/api/webhook-sources/NAME/rotate", [], 1),
        ("DELETE", "/api/webhook-sources/NAME", [], 1),
        ("POST", "/api/sync/health/run", [], 1),
        ("POST", "/api/keys", [("text:name", "NAME"), ("text:role", "caller")], 2),
    ];

    private static readonly string[] Roles = ["caller", "operator", "admin"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Pages_are_there_for_whom_they_are(int role)
    {
        Entrant entrant = await EnterAsync(Roles[role]);
        string navigation = await entrant.ReadAsync("/start");
        foreach (
            (string[] pages, int from) in ((string[], int)[])
                [(DashboardPages.ForCallers, 0), (DashboardPages.ForOperators, 1), (DashboardPages.ForAdmins, 2)]
        )
        {
            foreach (string path in pages)
            {
                using HttpResponseMessage answer = await entrant.GetAsync(path);
                answer.StatusCode.ShouldBe(
                    role >= from ? HttpStatusCode.OK
                        : path == "/" ? HttpStatusCode.Redirect
                        : HttpStatusCode.Forbidden,
                    $"{Roles[role]} {path}"
                );
                navigation.Contains($"<li><a href=\"{path}\"", StringComparison.Ordinal).ShouldBe(role >= from, path);
            }
        }
        foreach (string path in (string[])["/usage.csv", "/play/api/usage"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", entrant.Cookie);
            request.Headers.Add("x-groqkit-form", entrant.Token);
            using HttpResponseMessage answer = await stand.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(role >= 1 ? HttpStatusCode.OK : HttpStatusCode.Forbidden, path);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Actions_work_for_whom_they_are_and_for_nobody_else(int role)
    {
        Entrant entrant = await EnterAsync(Roles[role]);
        string name = "role-" + Roles[role];
        foreach ((string method, string path, (string, string)[] fields, int from) in Actions)
        {
            // A page that everybody has, so that the route itself has to refuse.
            using HttpResponseMessage answer = await entrant.PostAsync(
                "/start",
                [
                    ("form", "any"),
                    ("method", method),
                    ("path", path.Replace("NAME", name, StringComparison.Ordinal)),
                    ("next", "/start"),
                    .. fields.Select(field =>
                        (field.Item1, field.Item2.Replace("NAME", name, StringComparison.Ordinal))
                    ),
                ]
            );
            answer.StatusCode.ShouldBe(
                role >= from ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden,
                $"{Roles[role]} {method} {path}"
            );
        }
        if (role == 0)
            (await stand.SendAsync(HttpMethod.Get, "/api/audit?limit=100"))["items"]!
                .AsArray()
                .ShouldNotContain(entry => ((string)entry!["target"]!).Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_only_look_has_no_forms_but_filters()
    {
        await Scenery.BuildOnceAsync(stand);
        JsonNode key = await stand.SendAsync(
            HttpMethod.Post,
            "/api/keys",
            """{"name":"looker","role":"admin","scopes":["models","agents:read","providers:read","usage:read","audit:read","keys:read","jobs:read","webhooks:read"]}"""
        );
        Entrant looker = await Entrant.EnterAsync(stand, (string)key["key"]!);
        foreach (
            string path in DashboardPages
                .All.Where(page => page != "/playground")
                .Concat([
                    "/agents/support",
                    "/agents/support?service=general",
                    "/providers/simulator",
                    $"/keys/{key["id"]}",
                ])
        )
        {
            using HttpResponseMessage answer = await looker.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            string page = await answer.Content.ReadAsStringAsync();
            // What may be read of settings stands in a form's fields; nothing sends it.
            SubmitButtons()
                .Matches(page)
                .Select(match => match.Value)
                .ShouldAllBe(
                    button =>
                        button.Contains("Sign out")
                        || button.Contains("Filter")
                        || button.Contains("Reckon")
                        || button.Contains("Show"),
                    path
                );
        }
    }

    private async Task<Entrant> EnterAsync(string role) => await Entrant.EnterAsync(stand, await stand.KeyAsync(role));

    [GeneratedRegex(
        "<button[^>]*type=\"submit\".*?</button>",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex SubmitButtons();
}
