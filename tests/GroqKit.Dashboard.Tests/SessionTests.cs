using System.Net;
using GroqKit.Dashboard.Tests.Running;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-01")]
public sealed class SessionTests(DashboardStand stand) : IClassFixture<DashboardStand>
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
        (string cookie, string token) = await EnterAsync(DashboardStand.AdminKey);
        foreach (
            (string sent, string from) in ((string, string)[])
                [("", "same-origin"), ("wrong", "same-origin"), (token, "cross-site")]
        )
        {
            using HttpResponseMessage answer = await PostAsync(
                "/agents",
                cookie,
                sent,
                from,
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
        System.Text.Json.Nodes.JsonNode key = await stand.SendAsync(
            HttpMethod.Post,
            "/api/keys",
            """{"name":"leaver","role":"operator"}"""
        );
        (string cookie, _) = await EnterAsync((string)key["key"]!);
        (await GetAsync("/", cookie)).ShouldBe(HttpStatusCode.OK);

        await stand.SendAsync(HttpMethod.Delete, $"/api/keys/{key["id"]}");

        (await GetAsync("/", cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_back()
    {
        (string cookie, string token) = await EnterAsync(DashboardStand.AdminKey);

        using HttpResponseMessage answer = await PostAsync("/signout", cookie, token, "same-origin");

        answer.Headers.GetValues("Set-Cookie").Single().ShouldContain("max-age=0");
    }

    [Fact]
    public async Task A_changed_cookie_lets_nobody_in()
    {
        (string cookie, _) = await EnterAsync(DashboardStand.AdminKey);

        (await GetAsync("/", cookie[..^3] + "AAA")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Roles_decide_which_pages_there_are()
    {
        (string caller, _) = await EnterAsync(await stand.KeyAsync("caller"));
        (await GetAsync("/start", caller)).ShouldBe(HttpStatusCode.OK);
        foreach (string path in DashboardPages.ForOperators)
            (await GetAsync(path, caller)).ShouldBe(
                path == "/" ? HttpStatusCode.Redirect : HttpStatusCode.Forbidden,
                path
            );
        (string operators, _) = await EnterAsync(await stand.KeyAsync("operator"));
        foreach (string path in DashboardPages.ForOperators)
            (await GetAsync(path, operators)).ShouldBe(HttpStatusCode.OK, path);
        foreach (string path in DashboardPages.ForAdmins)
            (await GetAsync(path, operators)).ShouldBe(HttpStatusCode.Forbidden, path);
    }

    [Fact]
    public async Task Every_page_forbids_scripts_and_styles_of_others_and_holds_no_secret()
    {
        (string cookie, _) = await EnterAsync(DashboardStand.AdminKey);
        foreach (string path in DashboardPages.All)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", cookie);
            using HttpResponseMessage answer = await stand.Http.SendAsync(request);
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

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));

    private async Task<HttpResponseMessage> SignInAsync(string key, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin") { Content = Form(("key", key)) };
        if (!headers.Any(header => header.Name == "Sec-Fetch-Site"))
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        return await stand.Http.SendAsync(request);
    }

    private async Task<(string Cookie, string Token)> EnterAsync(string key)
    {
        using HttpResponseMessage answer = await SignInAsync(key);
        string cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/start");
        request.Headers.Add("Cookie", cookie);
        using HttpResponseMessage page = await stand.Http.SendAsync(request);
        string html = await page.Content.ReadAsStringAsync();
        const string Mark = "data-token=\"";
        int at = html.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return (cookie, html[at..html.IndexOf('"', at)]);
    }

    private async Task<HttpStatusCode> GetAsync(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        using HttpResponseMessage answer = await stand.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path,
        string cookie,
        string token,
        string from,
        params (string Name, string Value)[] fields
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = Form([("token", token), .. fields]),
        };
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Sec-Fetch-Site", from);
        return await stand.Http.SendAsync(request);
    }
}
