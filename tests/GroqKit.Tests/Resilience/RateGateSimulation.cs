using System.Collections.Concurrent;
using GroqKit.Resilience;

namespace GroqKit.Tests.Resilience;

/// <summary>Many parallel callers, a gate and a server with limits, all on one clock that jumps from event to event.</summary>
internal sealed class RateGateSimulation(ManualTimeProvider time, RateGate gate, RateServer server)
{
    private readonly PriorityQueue<Action, double> _events = new();
    private readonly ConcurrentQueue<(Call Call, RateTicket Ticket)> _admitted = new();
    private int _outside;
    private int _unfinished;

    /// <summary>From leaving the client to arriving at the server, and back.</summary>
    public double Latency { get; init; } = 0.02;

    /// <summary>How long the server works on an answer.</summary>
    public double Work { get; init; } = 0.3;

    /// <summary>Whether headers come before the server works, and what was used is known only after.</summary>
    public bool Streams { get; init; }

    /// <summary>What the client says a call needs, given what it will need.</summary>
    public Func<Call, double> Estimate { get; init; } = call => call.Prompt;

    public sealed record Call(double Prompt, double Answer);

    /// <summary>Starts all calls at once and runs until the last has its answer.</summary>
    public async Task RunAsync(IEnumerable<Call> calls)
    {
        foreach (Call call in calls)
        {
            _unfinished++;
            Enter(call);
        }
        await SendAsync();
        while (_unfinished > 0)
        {
            double due = _events.TryPeek(out _, out double at) ? at : double.PositiveInfinity;
            double timer = time.Pending is [var first, ..] ? server.Now + first.TotalSeconds : double.PositiveInfinity;
            double next = Math.Min(due, timer);
            double.IsFinite(next).ShouldBeTrue($"{_unfinished} calls hang");
            time.Advance(TimeSpan.FromSeconds(Math.Max(0, next - server.Now) + 1e-7));
            while (_events.TryPeek(out Action? happen, out at) && at <= server.Now)
            {
                _events.Dequeue();
                happen();
            }
            await SendAsync();
        }
    }

    private void Enter(Call call)
    {
        Interlocked.Increment(ref _outside);
        _ = EnterAsync(call);
    }

    private async Task EnterAsync(Call call)
    {
        RateAdmission admission = await gate.EnterAsync(
            new RateAmounts(1, Estimate(call), 0),
            TimeSpan.FromDays(30),
            CancellationToken.None
        );
        _admitted.Enqueue((call, admission.Ticket));
        Interlocked.Decrement(ref _outside);
    }

    /// <summary>Waits until everyone whom the gate let through has come out, and puts them on their way.</summary>
    private async Task SendAsync()
    {
        while (Volatile.Read(ref _outside) != gate.WaitingCalls)
            await Task.Yield();
        while (_admitted.TryDequeue(out var sent))
            After(Latency, () => Arrive(sent.Call, sent.Ticket));
    }

    private void Arrive(Call call, RateTicket ticket)
    {
        var (headers, refusal) = server.Admit(call.Prompt);
        if (refusal is not null)
        {
            After(Latency, () => Refused(call, ticket, refusal));
            return;
        }
        var used = new RateAmounts(1, call.Prompt + call.Answer, 0);
        After(Work, () => server.Complete(call.Answer));
        if (Streams)
            After(Latency, () => gate.Observe(ticket, headers));
        After(
            Work + Latency,
            () =>
            {
                if (Streams)
                    gate.Settle(ticket, used);
                else
                    gate.Complete(ticket, headers, used);
                _unfinished--;
            }
        );
    }

    private void Refused(Call call, RateTicket ticket, GroqRateLimitException refusal)
    {
        gate.Refuse(ticket, refusal);
        After(refusal.RetryAfter!.Value.TotalSeconds, () => Enter(call));
    }

    private void After(double seconds, Action happen) => _events.Enqueue(happen, server.Now + seconds);
}
