using System.Diagnostics.Metrics;
using GroqKit.Gateway.Infrastructure.Usage;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>How far the database is behind; made once, with the journal.</summary>
internal sealed class JournalMetrics
{
    public JournalMetrics(IMeterFactory meters, UsageJournal journal, UsageShipper shipper)
    {
        Meter meter = meters.Create(GatewayMetrics.MeterName);
        meter.CreateObservableGauge(
            "groqkit.gateway.journal.pending",
            () => journal.PendingBytes,
            "By",
            "Room in the journal of segments that aren't wholly shipped."
        );
        meter.CreateObservableCounter(
            "groqkit.gateway.journal.lost",
            () => journal.Lost,
            "{record}",
            "Accounts that found no room. Anything but 0 is an alarm."
        );
        meter.CreateObservableGauge(
            "groqkit.gateway.journal.shipping",
            () => shipper.IsShipping ? 1 : 0,
            description: "1 while the database takes accounts."
        );
        meter.CreateObservableGauge(
            "groqkit.gateway.journal.accepting",
            () => journal.HasRoom ? 1 : 0,
            description: "1 while there is room for accounts; with 0, calls are refused."
        );
    }
}
