using System.Threading.Channels;
using GroqKit.Gateway.Infrastructure.Guarding;
using GroqKit.Gateway.Infrastructure.Redis;
using GroqKit.Gateway.Services.Sharing;
using GroqKit.TestKit.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Infrastructure.Redis;

[Requirement("GW-20")]
public sealed class RedisConnectionTests : IAsyncLifetime
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);
    private static readonly byte[] Word = "word"u8.ToArray();

    // Stands still, so that a slow machine is not a Redis that is away.
    private readonly ManualTimeProvider _time = new();
    private RedisServer _server = null!;
    private RedisConnection _connection = null!;
    private RedisSharedMemory _memory = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RedisServer.Installed is null, "Redis is not installed (Debian: redis-server).");
        _server = await RedisServer.StartAsync();
        _connection = await ConnectAsync(_time);
        _memory = new RedisSharedMemory(_connection);
    }

    [Fact]
    public async Task What_one_node_keeps_another_reads_until_it_is_deleted()
    {
        await ReachableAsync(_connection);
        await using RedisConnection other = await ConnectAsync(_time);
        var there = new RedisSharedMemory(other);
        await ReachableAsync(other);

        (await GotAsync(_memory, _connection)).ShouldBeNull();
        await DoneAsync(() => _memory.SetAsync("a", Word, TimeSpan.FromMinutes(1), Cancelled), _connection);
        (await GotAsync(there, other)).ShouldBe(Word);
        await DoneAsync(() => there.DeleteAsync("a", Cancelled), other);

        (await GotAsync(_memory, _connection)).ShouldBeNull();
    }

    [Fact]
    public async Task A_message_reaches_who_listens_and_nobody_who_has_stopped()
    {
        await ReachableAsync(_connection);
        Channel<byte[]> heard = Channel.CreateUnbounded<byte[]>();
        using IDisposable listening = _memory.Subscribe(
            "c",
            message => heard.Writer.TryWrite(message.ToArray()),
            () => { }
        );
        IDisposable stopped = _memory.Subscribe("c", _ => heard.Writer.TryComplete(), () => { });
        stopped.Dispose();

        // Listening begins in the background.
        Task<bool> received = heard.Reader.WaitToReadAsync(Cancelled).AsTask();
        while (!received.IsCompleted)
        {
            await DoneAsync(() => _memory.PublishAsync("c", Word, Cancelled), _connection);
            await Task.WhenAny(received, Task.Delay(RemoteGuard.Cap, TimeProvider.System, Cancelled));
        }

        (await heard.Reader.ReadAsync(Cancelled)).ShouldBe(Word);
    }

    [Fact]
    public async Task A_frozen_redis_holds_nobody_up_and_is_used_again_when_it_moves()
    {
        await ReachableAsync(_connection);
        await _server.FreezeAsync();

        Task<SharedAnswer<byte[]?>> asked = _memory.GetAsync("a", Cancelled).AsTask();
        (await _time.PassUntilAsync(asked, RemoteGuard.Cap)).Reached.ShouldBeFalse();
        _memory.IsReachable.ShouldBeFalse();
        _memory.GetAsync("a", Cancelled).AsTask().IsCompletedSuccessfully.ShouldBeTrue();

        await _server.ThawAsync();
        await ReachableAsync(_connection);
        await DoneAsync(() => _memory.SetAsync("a", Word, TimeSpan.FromMinutes(1), Cancelled), _connection);
    }

    [Fact]
    public async Task A_redis_that_was_restarted_is_found_again_and_who_listens_hears_of_the_gap()
    {
        await using RedisConnection connection = await ConnectAsync(TimeProvider.System);
        var memory = new RedisSharedMemory(connection);
        await ReachableAsync(connection);
        var missed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable listening = memory.Subscribe("c", _ => { }, () => missed.TrySetResult());

        await _server.StopAsync();
        (await memory.SetAsync("a", Word, TimeSpan.FromMinutes(1), Cancelled)).ShouldBeFalse();
        await _server.StartAgainAsync();

        await missed.Task.WaitAsync(SafetyTimeout, Cancelled);
        await AnswersAsync(memory);
    }

    [Fact]
    public async Task A_redis_that_comes_later_is_found()
    {
        await _server.StopAsync();
        await using RedisConnection early = await ConnectAsync(TimeProvider.System);
        var memory = new RedisSharedMemory(early);
        (await memory.GetAsync("a", Cancelled)).Reached.ShouldBeFalse();

        await _server.StartAgainAsync();

        await AnswersAsync(memory);
    }

    [Fact]
    public async Task A_command_that_redis_refuses_is_no_reason_to_do_without_it()
    {
        await ReachableAsync(_connection);

        (
            await _connection.AskAsync(redis => redis.ScriptEvaluateAsync("return redis.error_reply('no')"), Cancelled)
        ).Reached.ShouldBeFalse();

        _connection.IsReachable.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task<RedisConnection> ConnectAsync(TimeProvider time)
    {
        var connection = new RedisConnection(
            RedisAddress.Parse(_server.Address),
            time,
            NullLogger<RedisConnection>.Instance
        );
        await connection.StartAsync(Cancelled);
        return connection;
    }

    private async Task ReachableAsync(RedisConnection connection)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(SafetyTimeout);
        while (!connection.IsReachable)
        {
            _time.Advance(2 * RemoteGuard.Cap);
            await Task.Delay(RemoteGuard.Cap / 5, TimeProvider.System, timeout.Token);
        }
    }

    // The driver gives up by itself after two seconds, which a machine that stands still may take: then it is asked again.
    private async Task DoneAsync(Func<ValueTask<bool>> ask, RedisConnection connection)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(SafetyTimeout);
        while (!await ask())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await ReachableAsync(connection);
        }
    }

    private async Task<byte[]?> GotAsync(RedisSharedMemory memory, RedisConnection connection)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(SafetyTimeout);
        while (true)
        {
            SharedAnswer<byte[]?> answer = await memory.GetAsync("a", timeout.Token);
            if (answer.Reached)
                return answer.Value;
            await ReachableAsync(connection);
        }
    }

    // The first question after a restart may take longer than is waited for.
    private static async Task AnswersAsync(RedisSharedMemory memory)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(SafetyTimeout);
        while (!(await memory.GetAsync("a", timeout.Token)).Reached)
            await Task.Delay(RemoteGuard.Cap / 5, TimeProvider.System, timeout.Token);
    }
}
