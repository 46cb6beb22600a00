namespace GroqKit.Gateway.Services.Cache;

/// <summary>A tag as it was at some time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Generation">Another number after each invalidation; 0 before the first.</param>
internal readonly record struct CacheTag(string Name, long Generation);
