using System.Runtime.InteropServices;
using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Http;

/// <summary>What a call is about, beside what is sent: for limits, circuits and telemetry.</summary>
/// <param name="Kind">What it does; null for a call that is named by its path.</param>
/// <param name="Model">The model at work; null when there is none.</param>
/// <param name="Asked">What it needs of the model's rate limits, as far as its request tells.</param>
/// <param name="Request">What is asked, for its description.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallSubject(OperationKind? Kind, string? Model, RateAmounts Asked, object? Request);
