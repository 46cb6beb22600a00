using System.Globalization;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Audit;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Api.Admin;

/// <summary><c>/api/audit</c>.</summary>
internal sealed class AuditEndpoints(IAuditLog log)
{
    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var audit = app.ServiceProvider.GetRequiredService<AuditEndpoints>();
        new AdminMap(app, pipeline, "Audit").Get<Page<AuditView>>(
            "/api/audit",
            Scopes.AuditRead,
            "Lists who changed what, the newest first.",
            audit.ListAsync
        );
    }

    private async Task ListAsync(AdminCall call)
    {
        int count = call.PageSize();
        long? before = null;
        if (call.Query("after") is { } text)
        {
            before = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
                ? id
                : throw RequestErrors.WrongValue("after", "must be what an earlier answer had in 'next'");
        }
        IReadOnlyList<AuditEntry> found = await log.ListAsync(call.Actor.Tenant, before, count + 1, call.Cancelled);
        var page = Page<AuditView>.Of(
            found,
            count,
            AuditView.Of,
            entry => entry.Id.ToString(CultureInfo.InvariantCulture)
        );
        await call.AnswerAsync(StatusCodes.Status200OK, page, AdminJson.Default.PageAuditView);
    }
}
