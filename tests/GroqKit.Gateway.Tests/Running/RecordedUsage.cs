using System.Threading.Channels;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>The accounts that a gateway under test settles.</summary>
internal sealed class RecordedUsage : IUsageSink
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private readonly Channel<UsageRecord> _records = Channel.CreateUnbounded<UsageRecord>();

    public int Waiting => _records.Reader.Count;

    public void Record(in UsageRecord record) => _records.Writer.TryWrite(record);

    /// <summary>The next account; waits for it.</summary>
    public async Task<UsageRecord> NextAsync() =>
        await _records.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(SafetyTimeout);
}
