using GroqKit.Errors;

namespace GroqKit.Files;

/// <summary>What Groq would refuse anyway, found before anything is sent.</summary>
internal static class FileRules
{
    /// <summary>The largest input of a batch.</summary>
    public const long MaxBatchBytes = 200 * 1024 * 1024;

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(FileUpload file, FilePurpose purpose)
    {
        Rules.CheckText("purpose", purpose.Value);
        if (purpose == FilePurpose.BatchOutput)
            throw Rules.Invalid("purpose", "must not be batch_output: only Groq makes such files.");
        if (file.Source.FindProblem() is { } problem)
            throw Rules.Invalid("file", problem);
        if (string.IsNullOrEmpty(file.FileName))
            throw Rules.Invalid("file", "has no name: give one, such as input.jsonl.");
        if (Rules.FindFileNameProblem(file.FileName) is { } nameProblem)
            throw Rules.Invalid("file", nameProblem);
        if (file.Length == 0)
            throw Rules.Invalid("file", "is empty.");
        if (purpose != FilePurpose.Batch)
            return;
        if (!file.FileName.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
            throw Rules.Invalid("file", "must have a name that ends in .jsonl.");
        if (file.Length > MaxBatchBytes)
            throw Rules.Invalid("file", $"is longer than {MaxBatchBytes} bytes.");
    }
}
