using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Tests.Services.Usage;

[Requirement("GW-06")]
public sealed class RequestIdsTests
{
    [Fact]
    public void Ids_sort_by_time_and_never_repeat()
    {
        var time = new ManualTimeProvider();
        var one = new RequestIds(time);
        var other = new RequestIds(time);
        var ids = new List<string>();
        for (int i = 0; i < 1000; i++)
        {
            ids.Add(one.Next());
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        ids.Concat(Enumerable.Range(0, 1000).Select(_ => other.Next())).Distinct().Count().ShouldBe(2000);
        ids.ShouldAllBe(id => id.Length == 30 && id.StartsWith("req_"));
    }
}
