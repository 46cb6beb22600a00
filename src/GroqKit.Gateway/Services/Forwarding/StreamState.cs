namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>How far an event stream has come.</summary>
internal enum StreamState
{
    Running,

    /// <summary><c>[DONE]</c> came: the answer is whole.</summary>
    Done,

    /// <summary>The provider sent an error event.</summary>
    Failed,

    /// <summary>The provider says in a chunk that it stopped the answer early.</summary>
    Stopped,

    /// <summary>An event isn't JSON.</summary>
    Malformed,
}
