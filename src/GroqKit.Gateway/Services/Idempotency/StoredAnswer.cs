namespace GroqKit.Gateway.Services.Idempotency;

/// <summary>An answer that is given again.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Those that belong to what was answered.</param>
/// <param name="Body">Its body.</param>
internal sealed record StoredAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);
