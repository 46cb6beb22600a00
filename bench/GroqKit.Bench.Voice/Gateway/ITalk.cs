namespace GroqKit.Bench.Voice.Gateway;

/// <summary>A way to hold a spoken turn.</summary>
internal interface ITalk
{
    /// <summary>Holds one turn to its end.</summary>
    Task<TurnCost> TalkAsync();
}
