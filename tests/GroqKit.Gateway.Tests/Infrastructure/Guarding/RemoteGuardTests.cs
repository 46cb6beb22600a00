using GroqKit.Gateway.Infrastructure.Guarding;
using GroqKit.Gateway.Services.Sharing;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Infrastructure.Guarding;

[Requirement("GW-20")]
public sealed class RemoteGuardTests : IDisposable
{
    private static readonly Func<Task<int>> Silence = () => new TaskCompletionSource<int>().Task;

    private readonly ManualTimeProvider _time = new();
    private readonly RemoteGuard _guard;
    private TaskCompletionSource _life = new();
    private int _probes;

    public RemoteGuardTests() =>
        _guard = new RemoteGuard(
            "The store",
            () =>
            {
                _probes++;
                return _life.Task;
            },
            failure => failure is FormatException,
            _time,
            NullLogger.Instance
        );

    [Fact]
    public async Task A_store_that_stands_still_costs_one_cap_and_then_nothing()
    {
        ValueTask<SharedAnswer<int>> waiting = _guard.AskAsync(Silence, CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(RemoteGuard.Cap);

        (await waiting).Reached.ShouldBeFalse();
        _guard.IsAway.ShouldBeTrue();
        _guard.AskAsync(Silence, CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_that_answers_a_probe_is_asked_again_and_probes_do_not_pile_up()
    {
        await FailAsync();
        for (int i = 0; i < 20; i++)
        {
            await _time.WhenArmedAsync();
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
        _probes.ShouldBe(1);
        _guard.IsAway.ShouldBeTrue();

        _life.SetResult();
        while (_guard.IsAway)
        {
            await _time.WhenArmedAsync();
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        (await _guard.AskAsync(() => Task.FromResult(7), CancellationToken.None)).ShouldBe(
            new SharedAnswer<int>(true, 7)
        );
    }

    [Fact]
    public async Task What_the_store_itself_refuses_does_not_make_it_away()
    {
        SharedAnswer<int> answer = await _guard.AskAsync<int>(
            () => throw new FormatException(),
            CancellationToken.None
        );

        answer.Reached.ShouldBeFalse();
        _guard.IsAway.ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_who_leaves_says_nothing_about_the_store()
    {
        using var leaving = new CancellationTokenSource();
        ValueTask<SharedAnswer<int>> waiting = _guard.AskAsync(Silence, leaving.Token);
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await waiting);
        _guard.IsAway.ShouldBeFalse();
    }

    public void Dispose() => _guard.Dispose();

    private async Task FailAsync() =>
        (
            await _guard.AskAsync(() => Task.FromException<int>(new IOException("gone")), CancellationToken.None)
        ).Reached.ShouldBeFalse();
}
