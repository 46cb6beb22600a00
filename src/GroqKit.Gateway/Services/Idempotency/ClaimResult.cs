using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Idempotency;

/// <summary>What came of a claim.</summary>
/// <param name="State">What is known.</param>
/// <param name="Fingerprint">Of the request that was run; null unless it is done.</param>
/// <param name="Answer">What it was answered; null unless it is done, and where it was too long to be kept.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClaimResult(ClaimState State, string? Fingerprint = null, StoredAnswer? Answer = null);
