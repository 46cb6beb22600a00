using GroqKit.Gateway.Services.Cache;

namespace GroqKit.Gateway.Tests.Services.Cache;

/// <summary>A memory with bounds holds what was used last.</summary>
[Requirement("GW-08", "GW-19")]
public sealed class RecentlyUsedTests
{
    private readonly RecentlyUsed<string, string> _memory = new(mostItems: 3, mostBytes: 100);

    [Fact]
    public void What_was_not_used_for_longest_leaves_first()
    {
        Keep("a", 10);
        Keep("b", 10);
        Keep("c", 10);
        _memory.Use("a");

        Keep("d", 10).ShouldBe(1);

        _memory.Find("b").ShouldBeNull();
        _memory.Find("a").ShouldBe("a");
        _memory.Bytes.ShouldBe(30);
        _memory.Count.ShouldBe(3);
    }

    [Fact]
    public void Looking_is_no_use()
    {
        Keep("a", 10);
        Keep("b", 10);
        Keep("c", 10);
        _memory.Find("a").ShouldBe("a");

        Keep("d", 10);

        _memory.Find("a").ShouldBeNull();
    }

    [Fact]
    public void Bytes_are_bounded_and_what_is_larger_than_all_is_not_kept()
    {
        Keep("a", 60).ShouldBe(0);
        Keep("b", 60).ShouldBe(1);
        _memory.Find("a").ShouldBeNull();

        Keep("b", 101).ShouldBe(0);

        _memory.Find("b").ShouldBeNull();
        _memory.Bytes.ShouldBe(0);
    }

    [Fact]
    public void What_is_let_go_takes_its_bytes_along()
    {
        Keep("a", 10);
        Keep("b", 20);
        Keep("c", 30);

        _memory.Remove("a");
        _memory.RemoveAll(content => content == "b");

        _memory.Find("a").ShouldBeNull();
        _memory.Find("b").ShouldBeNull();
        _memory.Bytes.ShouldBe(30);
        _memory.Clear();
        _memory.Find("c").ShouldBeNull();
        _memory.Bytes.ShouldBe(0);
    }

    private int Keep(string name, long bytes) => _memory.Keep(name, name, bytes);
}
