using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Api.Admin;

/// <summary><c>/api/jobs</c>.</summary>
internal sealed class JobEndpoints(JobAdministration jobs)
{
    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var jobs = app.ServiceProvider.GetRequiredService<JobEndpoints>();
        new AdminMap(app, pipeline, "Jobs")
            .Get<Page<JobView>>(
                "/api/jobs",
                Scopes.JobsRead,
                "Lists background jobs, the newest first; by state and kind where asked.",
                jobs.ListAsync
            )
            .Get<JobView>("/api/jobs/{id}", Scopes.JobsRead, "Shows a job.", jobs.GetAsync)
            .Act<JobView>(
                "/api/jobs/{id}/repeat",
                Scopes.JobsWrite,
                "Runs a job again that is done or was put aside.",
                jobs.RepeatAsync
            );
    }

    private async Task ListAsync(AdminCall call)
    {
        int count = call.PageSize("state", "kind");
        string? state = call.Query("state");
        if (state is not null && !JobStates.All.Contains(state))
            throw RequestErrors.WrongValue("state", $"must be one of {string.Join(", ", JobStates.All)}");
        IReadOnlyList<Job> found = await jobs.ListAsync(
            call.Actor,
            state,
            call.Query("kind"),
            call.Query("after"),
            count + 1,
            call.Cancelled
        );
        var page = Page<JobView>.Of(found, count, JobView.Of, job => job.Id);
        await call.AnswerAsync(StatusCodes.Status200OK, page, AdminJson.Default.PageJobView);
    }

    private async Task GetAsync(AdminCall call) =>
        await AnswerAsync(call, await jobs.GetAsync(call.Actor, call.Value("id"), call.Cancelled));

    private async Task RepeatAsync(AdminCall call) =>
        await AnswerAsync(call, await jobs.RepeatAsync(call.Actor, call.Value("id"), call.Cancelled));

    private static Task AnswerAsync(AdminCall call, Job job) =>
        call.AnswerAsync(StatusCodes.Status200OK, JobView.Of(job), AdminJson.Default.JobView);
}
