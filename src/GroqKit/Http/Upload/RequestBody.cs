namespace GroqKit.Http;

/// <summary>A body that is no JSON kept in memory.</summary>
internal abstract class RequestBody
{
    /// <summary>Whether the body can be sent again, so that a failed attempt may be repeated.</summary>
    public abstract bool CanRepeat { get; }

    /// <summary>Makes the body of one attempt.</summary>
    /// <param name="progressed">Called whenever some of it was sent.</param>
    public abstract HttpContent Create(Action? progressed);
}
