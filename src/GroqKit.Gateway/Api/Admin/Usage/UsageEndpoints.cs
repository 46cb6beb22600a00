using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Admin.Usage;

/// <summary><c>/api/usage</c> and <c>/api/usage/summary</c>.</summary>
internal sealed class UsageEndpoints(IUsageReports reports)
{
    private const int DefaultPage = 50;
    private const int MaxPage = 1000;
    private const int MaxCsvRows = 10_000;
    private const int MaxSums = 10_000;

    /// <summary>The newest calls first, page by page.</summary>
    public async Task ListAsync(HttpContext context, string tenant)
    {
        var query = new UsageQuery(context.Request, "after");
        bool csv = query.IsCsv;
        int count = query.Limit(csv ? MaxCsvRows : DefaultPage, csv ? MaxCsvRows : MaxPage);
        IReadOnlyList<UsageRecord> found = await reports.ListAsync(
            query.Filter(tenant),
            query.After(),
            count + 1,
            context.RequestAborted
        );
        List<UsageRecord> page = [.. found.Take(count)];
        string? next = found.Count > count ? UsagePlace.Of(page[^1]).ToString() : null;
        if (!csv)
        {
            await ReportWriter.WriteJsonAsync(context.Response, page, UsageFields.OfCall, next);
            return;
        }
        if (next is not null)
            context.Response.Headers["x-next"] = next;
        await ReportWriter.WriteCsvAsync(context.Response, page, UsageFields.OfCall);
    }

    /// <summary>Sums by what <c>groupBy</c> names, and their total.</summary>
    public async Task SummarizeAsync(HttpContext context, string tenant)
    {
        var query = new UsageQuery(context.Request, "groupBy");
        IReadOnlyList<UsageGroup> groups = query.Groups();
        int count = query.Limit(MaxSums, MaxSums);
        UsageFilter filter = query.Filter(tenant);
        if (filter.RequestId is not null)
            throw RequestErrors.WrongValue("requestId", "is for the list of calls, not for their sums");
        IReadOnlyList<UsageSummary> sums = await reports.SummarizeAsync(
            filter,
            groups,
            count + 1,
            context.RequestAborted
        );
        if (sums.Count > count)
            throw RequestErrors.WrongValue(
                "groupBy",
                $"makes more than {count} sums; group by less or ask for a shorter time"
            );
        if (query.IsCsv)
        {
            await ReportWriter.WriteCsvAsync(context.Response, sums, UsageFields.With(groups));
            return;
        }
        UsageSummary total =
            groups.Count == 0 ? sums[0] : (await reports.SummarizeAsync(filter, [], 1, context.RequestAborted))[0];
        await ReportWriter.WriteJsonAsync(
            context.Response,
            sums,
            UsageFields.With(groups),
            next: null,
            [total with { Group = new string?[groups.Count] }]
        );
    }
}
