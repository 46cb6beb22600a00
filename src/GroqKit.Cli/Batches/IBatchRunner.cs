using GroqKit.Cli.Display;

namespace GroqKit.Cli.Batches;

/// <summary>A way to get many questions answered.</summary>
internal interface IBatchRunner
{
    /// <summary>Answers what the journal does not have, and adds it there.</summary>
    /// <param name="questions">All questions.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Ends the run; what was answered stays in the journal.</param>
    /// <returns>What came of each question, in their order.</returns>
    Task<IReadOnlyList<BatchAnswer>> RunAsync(
        IReadOnlyList<BatchQuestion> questions,
        IWorkProgress progress,
        CancellationToken cancellationToken
    );
}
