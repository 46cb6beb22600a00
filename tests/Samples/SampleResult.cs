namespace GroqKit.Samples;

/// <summary>What a sample left behind.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained about.</param>
internal sealed record SampleResult(int Code, string Output, string Error)
{
    public string[] Lines { get; } = Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>The lines up to the next empty one, after so many empty ones.</summary>
    public string[] Paragraph(int number) =>
        [.. string.Join('\n', Lines).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[number].Split('\n')];
}
