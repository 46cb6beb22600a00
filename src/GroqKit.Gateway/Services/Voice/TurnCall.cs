using System.Collections.Concurrent;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Voice;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>One call that is made for a spoken turn: its account is the turn's too, and the turn is told who failed in it, and for whom. Thread-safe.</summary>
internal sealed class TurnCall(TurnAccount account, VoiceStage stage) : IFallbackWatch
{
    private readonly ConcurrentQueue<(string Who, string Reason)> _failed = new();

    public void Failed(string who, string reason) => _failed.Enqueue((who, reason));

    /// <summary>From now on it is known who serves: the turn is told of those who failed before, each once. More of them may come when an answer breaks.</summary>
    public void Served(string by)
    {
        while (_failed.TryDequeue(out (string Who, string Reason) step))
            account.Switched?.Invoke(stage, step.Who, by, step.Reason);
    }

    /// <summary>Takes the call's account.</summary>
    public void Ended(in UsageRecord record)
    {
        account.Add(record);
        if (record.Outcome == Outcome.Completed)
            Served($"{record.Provider}/{record.Model}");
    }
}
