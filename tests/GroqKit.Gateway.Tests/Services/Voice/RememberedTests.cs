using GroqKit.Gateway.Services.Voice;

namespace GroqKit.Gateway.Tests.Services.Voice;

/// <summary>What is remembered for a while is gone after it, asked for or not.</summary>
[Requirement("GW-19")]
public sealed class RememberedTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Remembered<string, string> _memory;

    public RememberedTests() => _memory = new Remembered<string, string>(3, 100, TimeSpan.FromMinutes(1), _time);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void What_is_asked_for_stays_when_room_is_needed()
    {
        Keep("a", 10);
        Keep("b", 10);
        Keep("c", 10);
        _memory.Find("a").ShouldBe("a");

        Keep("d", 10);

        _memory.Find("b").ShouldBeNull();
        _memory.Find("a").ShouldBe("a");
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

    [Fact]
    public void A_change_sees_what_is_there_and_may_leave_nothing()
    {
        Keep("a", 10);

        _memory.Change("a", before => (before + "!", 20));
        _memory.Find("a").ShouldBe("a!");
        _memory.Bytes.ShouldBe(20);

        _memory.Change("a", _ => (null, 0));
        _memory.Find("a").ShouldBeNull();
        _memory.Bytes.ShouldBe(0);
    }

    private void Keep(string name, long bytes) => _memory.Change(name, _ => (name, bytes));
}
