namespace GroqKit.Http;

/// <summary>A body that is no JSON kept in memory.</summary>
internal abstract class RequestBody
{
    /// <summary>
    /// Whether the whole body can still be sent, so that a failed attempt may be repeated: it can be read again, or none of it was read.
    /// </summary>
    public abstract bool CanSend { get; }

    /// <summary>Makes the body of one attempt.</summary>
    /// <param name="progressed">Called whenever some of it was sent.</param>
    public abstract HttpContent Create(Action? progressed);
}
