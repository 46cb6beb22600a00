using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Dashboard.Tests.Running;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-01")]
public sealed class SessionTests(DashboardStand stand)
{
    [Fact]
    public async Task A_key_is_exchanged_for_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using HttpResponseMessage answer = await SignInAsync(DashboardStand.AdminKey);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldContain("max-age=43200");
        cookie.ShouldNotContain(DashboardStand.AdminKey);
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_bound_to_the_host()
    {
        using HttpResponseMessage answer = await SignInAsync(DashboardStand.AdminKey, ("X-Forwarded-Proto", "https"));

        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("__Host-groqkit=");
        cookie.ShouldContain("secure");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task Another_site_cannot_sign_anybody_in(string from)
    {
        using HttpResponseMessage answer = await SignInAsync(DashboardStand.AdminKey, ("Sec-Fetch-Site", from));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_that_does_not_exist_is_refused_at_the_field()
    {
        using HttpResponseMessage answer = await SignInAsync("not-a-key");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        string page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("There is no such key.");
        page.ShouldContain("aria-invalid=\"true\"");
        page.ShouldNotContain("not-a-key");
    }

    [Fact]
    public async Task Without_a_session_every_page_leads_to_signing_in_and_no_form_does_anything()
    {
        foreach (string path in DashboardPages.All)
        {
            using HttpResponseMessage page = await stand.Http.GetAsync(path);
            page.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
            page.Headers.Location!.ToString().ShouldStartWith("/signin", customMessage: path);
            using HttpResponseMessage form = await stand.Http.PostAsync(path, new FormUrlEncodedContent([]));
            form.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
        }
        using HttpResponseMessage played = await stand.Http.PostAsync(
            "/play/v1/chat/completions",
            new StringContent("{}")
        );
        played.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_form_without_the_sessions_token_or_from_elsewhere_changes_nothing()
    {
        Entrant admin = await Entrant.EnterAsync(stand, DashboardStand.AdminKey);
        foreach (
            (string sent, string from) in ((string, string)[])
                [("", "same-origin"), ("wrong", "same-origin"), (admin.Token, "cross-site")]
        )
        {
            using HttpResponseMessage answer = await (admin with { Token = sent, From = from }).PostAsync(
                "/agents",
                ("path", "/api/agents"),
                ("method", "POST"),
                ("text:name", "forged")
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        (await stand.SendAsync(HttpMethod.Get, "/api/agents"))["items"]!
            .AsArray()
            .ShouldNotContain(agent => (string)agent!["name"]! == "forged");
    }

    [Fact]
    public async Task A_session_ends_when_its_key_is_revoked()
    {
        JsonNode key = await stand.SendAsync(HttpMethod.Post, "/api/keys", """{"name":"leaver","role":"operator"}""");
        Entrant leaver = await Entrant.EnterAsync(stand, (string)key["key"]!);
        (await StatusAsync("/", leaver.Cookie)).ShouldBe(HttpStatusCode.OK);

        await stand.SendAsync(HttpMethod.Delete, $"/api/keys/{key["id"]}");

        (await StatusAsync("/", leaver.Cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_back()
    {
        Entrant admin = await Entrant.EnterAsync(stand, DashboardStand.AdminKey);

        using HttpResponseMessage answer = await admin.PostAsync("/signout");

        answer.Headers.GetValues("Set-Cookie").Single().ShouldContain("max-age=0");
    }

    [Fact]
    public async Task A_changed_cookie_lets_nobody_in()
    {
        Entrant admin = await Entrant.EnterAsync(stand, DashboardStand.AdminKey);

        (await StatusAsync("/", admin.Cookie[..^3] + "AAA")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Every_page_forbids_scripts_and_styles_of_others_and_holds_no_secret()
    {
        Entrant admin = await Entrant.EnterAsync(stand, DashboardStand.AdminKey);
        foreach (string path in DashboardPages.All)
        {
            using HttpResponseMessage answer = await admin.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("script-src 'self';");
            policy.ShouldContain("frame-ancestors 'none'");
            string page = await answer.Content.ReadAsStringAsync();
            page.ShouldNotContain(DashboardStand.AdminKey);
            page.ShouldNotContain("<script>");
        }
    }

    [Fact]
    public async Task No_page_ever_holds_the_key_of_a_provider_a_caller_or_a_webhook()
    {
        const string Marker = "sk-marker-0123456789abcdef";
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/providers",
            $$"""{"name":"marked","kind":"openai","baseUrl":"http://127.0.0.1:9","apiKey":"{{Marker}}"}"""
        );
        JsonNode key = await stand.SendAsync(HttpMethod.Post, "/api/keys", """{"name":"marked","role":"caller"}""");
        JsonNode hook = await stand.SendAsync(HttpMethod.Post, "/api/webhooks", """{"url":"http://127.0.0.1:9/"}""");
        JsonNode source = await stand.SendAsync(
            HttpMethod.Post,
            "/api/webhook-sources",
            """{"name":"marked","handler":"record"}"""
        );
        string[] secrets = [Marker, (string)key["key"]!, (string)hook["secret"]!, (string)source["secret"]!];
        Entrant admin = await Entrant.EnterAsync(stand, DashboardStand.AdminKey);
        foreach (
            string path in DashboardPages.All.Concat([
                "/providers/marked",
                $"/keys/{key["id"]}",
                $"/webhooks/{hook["id"]}",
                "/agents/marked",
            ])
        )
        {
            string page = await admin.ReadAsync(path);
            foreach (string secret in secrets)
                page.ShouldNotContain(secret, Case.Insensitive, path);
        }
        // A form that is shown again has everything in it but what is secret.
        using HttpResponseMessage refused = await admin.PostAsync(
            "/providers",
            ("form", "create"),
            ("method", "POST"),
            ("path", "/api/providers"),
            ("text:name", "not a name"),
            ("text:kind", "openai"),
            ("text:apiKey", Marker)
        );
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldNotContain(Marker);
        await stand.SendAsync(HttpMethod.Delete, "/api/providers/marked");
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string cookie)
    {
        using HttpResponseMessage answer = await new Entrant(stand, cookie, "").GetAsync(path);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> SignInAsync(string key, params (string Name, string Value)[] headers) =>
        Entrant.SignInAsync(stand, key, headers);
}
