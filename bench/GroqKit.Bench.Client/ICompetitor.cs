namespace GroqKit.Bench.Client;

/// <summary>One way of calling the API.</summary>
internal interface ICompetitor
{
    string Name { get; }

    /// <summary>One whole answer; returns the length of its text.</summary>
    Task<int> ChatAsync();

    /// <summary>One stream, read to its end; returns the number of pieces with text.</summary>
    Task<int> StreamAsync();
}
