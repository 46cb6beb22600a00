using GroqKit.Gateway.Api.Admin;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Api.Agents;

/// <summary><c>/api/agents</c>.</summary>
internal sealed class AgentEndpoints(AgentAdministration agents)
{
    private static readonly string[] Fields =
    [
        "name",
        "description",
        "onBreak",
        "limits",
        "cacheSeconds",
        "privacy",
        "screening",
        "llm",
        "stt",
        "tts",
    ];
    private static readonly string[] Services = ["llm", "stt", "tts"];

    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        const string One = "/api/agents/{name}";
        const string Service = One + "/providers/{service}";
        var agents = app.ServiceProvider.GetRequiredService<AgentEndpoints>();
        new AdminMap(app, pipeline, "Agents")
            .Get<Page<AgentView>>("/api/agents", Scopes.AgentsRead, "Lists the agents.", agents.ListAsync)
            .Post<AgentBody, AgentView>("/api/agents", Scopes.AgentsWrite, "Makes an agent.", agents.CreateAsync)
            .Get<AgentView>(One, Scopes.AgentsRead, "Shows an agent.", agents.GetAsync)
            .Put<AgentBody, AgentView>(
                One,
                Scopes.AgentsWrite,
                "Sets an agent; what the body leaves out goes back to its default.",
                call => agents.UpdateAsync(call, whole: true)
            )
            .Patch<AgentBody, AgentView>(
                One,
                Scopes.AgentsWrite,
                "Changes what the body names of an agent.",
                call => agents.UpdateAsync(call, whole: false)
            )
            .Delete(One, Scopes.AgentsWrite, "Removes an agent.", agents.DeleteAsync)
            .Get<ServiceView>(Service, Scopes.AgentsRead, "Shows who serves llm, stt or tts.", agents.GetServiceAsync)
            .Put<ServiceBody, ServiceView>(
                Service,
                Scopes.AgentsWrite,
                "Sets who serves llm, stt or tts.",
                agents.SetServiceAsync
            )
            .Delete(Service, Scopes.AgentsWrite, "Takes a service away from an agent.", agents.RemoveServiceAsync);
    }

    private async Task ListAsync(AdminCall call)
    {
        int count = call.PageSize();
        IReadOnlyList<Agent> found = await agents.ListAsync(call.Actor, call.Query("after"), count + 1, call.Cancelled);
        var page = Page<AgentView>.Of(found, count, AgentView.Of, agent => agent.Name);
        await call.AnswerAsync(StatusCodes.Status200OK, page, AdminJson.Default.PageAgentView);
    }

    private async Task GetAsync(AdminCall call) =>
        await AnswerAsync(call, 200, await agents.GetAsync(call.Actor, call.Value("name"), call.Cancelled));

    private async Task CreateAsync(AdminCall call)
    {
        JsonInput body = (await call.ReadAsync()).Only(Fields);
        string name = body.RequiredText("name", RecordName.MaxLength);
        if (!RecordName.IsWellFormed(name))
            throw RequestErrors.WrongValue("name", RecordName.Rule);
        TenantView view = await agents.ViewAsync(call.Actor, call.Cancelled);
        Agent agent = await agents.CreateAsync(
            call.Actor,
            name,
            empty => AgentInput.Apply(body, empty, view),
            call.Cancelled
        );
        call.Context.Response.Headers.Location = $"/api/agents/{name}";
        await AnswerAsync(call, 201, agent);
    }

    private async Task UpdateAsync(AdminCall call, bool whole)
    {
        JsonInput body = (await call.ReadAsync()).Only(Fields);
        string name = call.Value("name");
        if (body.Text("name", RecordName.MaxLength) is { } other && other != name)
            throw RequestErrors.WrongValue("name", "can't be changed");
        TenantView view = await agents.ViewAsync(call.Actor, call.Cancelled);
        Agent agent = await agents.UpdateAsync(
            call.Actor,
            name,
            call.ExpectedVersion(),
            before => AgentInput.Apply(body, whole ? Emptied(before) : before, view),
            call.Cancelled
        );
        await AnswerAsync(call, 200, agent);
    }

    private async Task DeleteAsync(AdminCall call)
    {
        await agents.DeleteAsync(call.Actor, call.Value("name"), call.ExpectedVersion(), call.Cancelled);
        await call.AnswerNothingAsync();
    }

    private async Task GetServiceAsync(AdminCall call)
    {
        ServiceKind service = ServiceOf(call);
        Agent agent = await agents.GetAsync(call.Actor, call.Value("name"), call.Cancelled);
        await AnswerAsync(call, agent, service);
    }

    private async Task SetServiceAsync(AdminCall call)
    {
        ServiceKind service = ServiceOf(call);
        JsonInput body = await call.ReadAsync();
        TenantView view = await agents.ViewAsync(call.Actor, call.Cancelled);
        Agent agent = await agents.UpdateAsync(
            call.Actor,
            call.Value("name"),
            call.ExpectedVersion(),
            before => before.With(service, AgentInput.ReadService(body, service, view)),
            call.Cancelled
        );
        await AnswerAsync(call, agent, service);
    }

    private async Task RemoveServiceAsync(AdminCall call)
    {
        ServiceKind service = ServiceOf(call);
        await agents.UpdateAsync(
            call.Actor,
            call.Value("name"),
            call.ExpectedVersion(),
            before => before.With(service, null),
            call.Cancelled
        );
        await call.AnswerNothingAsync();
    }

    private static Agent Emptied(Agent agent) =>
        agent with
        {
            Description = "",
            OnBreak = BreakModes.Fail,
            Limits = LimitPolicy.Unlimited,
            CacheSeconds = 0,
            Privacy = AgentPrivacy.None,
            Screening = null,
            Llm = null,
            Stt = null,
            Tts = null,
        };

    private static ServiceKind ServiceOf(AdminCall call)
    {
        string name = call.Value("service");
        int index = Array.IndexOf(Services, name);
        return index >= 0 ? (ServiceKind)index : throw RequestErrors.NotFound("service", name);
    }

    private static Task AnswerAsync(AdminCall call, int status, Agent agent) =>
        call.AnswerAsync(status, AgentView.Of(agent), AdminJson.Default.AgentView, agent.Version);

    private static Task AnswerAsync(AdminCall call, Agent agent, ServiceKind service) =>
        call.AnswerAsync(
            StatusCodes.Status200OK,
            ServiceView.Of(agent[service]) ?? throw RequestErrors.NotFound("service", call.Value("service")),
            AdminJson.Default.ServiceView,
            agent.Version
        );
}
