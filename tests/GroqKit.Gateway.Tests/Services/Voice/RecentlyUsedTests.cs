using GroqKit.Gateway.Services.Voice;

namespace GroqKit.Gateway.Tests.Services.Voice;

/// <summary>A memory with bounds holds what was used last.</summary>
[Requirement("GW-19")]
public sealed class RecentlyUsedTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecentlyUsed<string, string> _memory;

    public RecentlyUsedTests() => _memory = new RecentlyUsed<string, string>(3, 100, TimeSpan.FromMinutes(1), _time);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void What_was_not_used_for_longest_leaves_first()
    {
        Keep("a", 10);
        Keep("b", 10);
        Keep("c", 10);
        _memory.Find("a").ShouldBe("a");

        Keep("d", 10);

        _memory.Find("b").ShouldBeNull();
        _memory.Find("a").ShouldBe("a");
        _memory.Bytes.ShouldBe(30);
    }

    [Fact]
    public void Bytes_are_bounded_and_what_is_larger_than_all_is_not_kept()
    {
        Keep("a", 60);
        Keep("b", 60);
        _memory.Find("a").ShouldBeNull();
        Keep("b", 101);
        _memory.Find("b").ShouldBeNull();
        _memory.Bytes.ShouldBe(0);
    }

    [Fact]
    public void What_is_over_is_not_held_until_its_room_is_needed()
    {
        Keep("a", 10);
        _time.Advance(TimeSpan.FromSeconds(59));
        _memory.Find("a").ShouldBe("a");
        _time.Advance(TimeSpan.FromSeconds(1));

        _memory.Find("a").ShouldBeNull();
        _memory.Bytes.ShouldBe(0);
        _time.Pending.ShouldBeEmpty();
        Keep("b", 10);
        _memory.Find("b").ShouldBe("b");
    }

    private void Keep(string name, long bytes) => _memory.Change(name, _ => (name, bytes));
}
