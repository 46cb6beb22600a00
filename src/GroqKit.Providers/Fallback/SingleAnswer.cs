using System.Runtime.CompilerServices;

namespace GroqKit.Providers.Fallback;

/// <summary>An answer in one piece, as the machine takes answers.</summary>
internal static class SingleAnswer
{
    public static async IAsyncEnumerable<T> Of<T>(
        Func<CancellationToken, Task<T>> ask,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        yield return await ask(cancellationToken).ConfigureAwait(false);
    }

    public static async Task<T> TakeAsync<T>(IAsyncEnumerable<T> answers, CancellationToken cancellationToken)
    {
        T? last = default;
        await foreach (T answer in answers.WithCancellation(cancellationToken).ConfigureAwait(false))
            last = answer;
        return last!;
    }
}
