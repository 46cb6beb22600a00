using System.Runtime.CompilerServices;

namespace GroqKit.Providers;

/// <summary>A client's stream that raises one kind of exception. An iterator would cost a second state machine for every piece.</summary>
/// <param name="source">What the client gives.</param>
/// <param name="failures">What its exceptions mean.</param>
/// <param name="model">The model that is called, as far as it is known.</param>
internal sealed class TranslatedUpdates<TUpdate>(
    IAsyncEnumerable<TUpdate> source,
    IFailureTranslation failures,
    string? model
) : IAsyncEnumerable<TUpdate>
{
    /// <summary>Opens a stream; what is raised at once is raised in the same words.</summary>
    public static IAsyncEnumerable<TUpdate> Open(
        Func<IAsyncEnumerable<TUpdate>> open,
        IFailureTranslation failures,
        string? model
    )
    {
        try
        {
            return new TranslatedUpdates<TUpdate>(open(), failures, model);
        }
        catch (Exception error) when (failures.Handles(error))
        {
            throw failures.Translate(error, model);
        }
    }

    public IAsyncEnumerator<TUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(source.GetAsyncEnumerator(cancellationToken), failures, model);

    private sealed class Enumerator(IAsyncEnumerator<TUpdate> source, IFailureTranslation failures, string? model)
        : IAsyncEnumerator<TUpdate>
    {
        public TUpdate Current => source.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            ValueTask<bool> next = source.MoveNextAsync();
            return next.IsCompletedSuccessfully ? next : WaitAsync(next);
        }

        public ValueTask DisposeAsync() => source.DisposeAsync();

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<bool> WaitAsync(ValueTask<bool> next)
        {
            try
            {
                return await next.ConfigureAwait(false);
            }
            catch (Exception error) when (failures.Handles(error))
            {
                throw failures.Translate(error, model);
            }
        }
    }
}
