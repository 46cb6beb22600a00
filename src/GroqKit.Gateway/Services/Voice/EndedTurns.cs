namespace GroqKit.Gateway.Services.Voice;

/// <summary>
/// What came of turns, for a minute after their end, for callers who took the sound alone or lost their connection. In memory of this node; bounded.
/// Thread-safe.
/// </summary>
internal sealed class EndedTurns(TimeProvider time) : IDisposable
{
    private const int Most = 4_096;
    private const long MostBytes = 16 * 1024 * 1024;
    private const int BytesBeside = 200;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Remembered<TurnName, Ended> _turns = new(Most, MostBytes, Kept, time);

    /// <returns>The turn's outcome as JSON; null when it isn't known any more.</returns>
    public byte[]? Find(TurnName name) => _turns.Find(name)?.Json;

    /// <param name="name">Which turn.</param>
    /// <param name="json">What came of it.</param>
    /// <param name="person">Whose it was; null where the caller doesn't say.</param>
    public void Keep(TurnName name, byte[] json, string? person) =>
        _turns.Change(name, _ => (new Ended(json, person), json.Length + BytesBeside));

    public void Forget(string person) => _turns.Remove(turn => turn.Person == person);

    public void Dispose() => _turns.Dispose();

    private sealed record Ended(byte[] Json, string? Person);
}
