namespace GroqKit.Providers.Fallback;

/// <summary>What is asked of whichever provider serves. One for each call; either a <see cref="WholeJob{TItem}"/> or a <see cref="StreamedJob{TItem}"/>.</summary>
/// <typeparam name="TItem">A piece of output; the only one when the answer comes whole.</typeparam>
internal abstract class FallbackJob<TItem>
{
    public abstract ProviderService Service { get; }

    /// <summary>Lets the first piece that is delivered carry the trace.</summary>
    public abstract void Label(TItem first, FallbackTrace trace);
}
