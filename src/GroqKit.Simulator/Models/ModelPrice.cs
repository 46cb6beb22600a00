namespace GroqKit.Simulator.Models;

/// <summary>US dollars per million tokens, or per million characters for speech; null where nothing is published.</summary>
internal sealed record ModelPrice(decimal? Input, decimal? CachedInput, decimal? Output, decimal? Characters);
