namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>A column of <c>usage_hourly</c> that is a sum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="OfRow">What a row of <c>usage</c> adds to it, in SQL.</param>
/// <param name="OfRecord">The same of a record; null adds nothing.</param>
internal sealed record HourlySum(string Name, string OfRow, UsageNumber OfRecord)
{
    /// <summary>A sum of the column of the same name; what isn't known adds nothing.</summary>
    public static HourlySum Of(string column) =>
        new(column, $"COALESCE({column}, 0)", UsageColumn.All.Single(known => known.Name == column).NumberOf!);

    /// <summary>Counts the rows with a property.</summary>
    public static HourlySum Count(string name, string condition, UsageNumber oneOrNone) =>
        new(name, $"CASE WHEN {condition} THEN 1 ELSE 0 END", oneOrNone);
}
