namespace GroqKit.Gateway.Services.Usage;

/// <summary>Everything that is measured, for Prometheus to fetch.</summary>
internal interface IMetricsPage
{
    /// <summary>The present figures in Prometheus's text format 0.0.4.</summary>
    string Write();
}
