using GroqKit.Audio;
using GroqKit.Cli.Hosting;
using Microsoft.Extensions.FileSystemGlobbing;

namespace GroqKit.Cli.Transcripts;

/// <summary>From what stands on the command line to recordings: files, folders, patterns and addresses.</summary>
internal static class RecordingFinder
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>Each recording once, those of a folder or pattern in the order of their names.</summary>
    /// <param name="words">As they were given.</param>
    /// <param name="isRecursive">Whether folders are searched to their depth.</param>
    /// <exception cref="UsageException">A word stands for nothing.</exception>
    public static IReadOnlyList<Recording> Find(IEnumerable<string> words, bool isRecursive)
    {
        var found = new Dictionary<string, Recording>(StringComparer.Ordinal);
        foreach (Recording recording in words.SelectMany(word => Expand(word, isRecursive)))
            found.TryAdd(recording.IsUrl ? recording.Source : Path.GetFullPath(recording.Source), recording);
        return [.. found.Values];
    }

    private static List<Recording> Expand(string word, bool isRecursive)
    {
        if (word.Length == 0)
            throw new UsageException("a name of a recording is empty");
        if (Recording.IsAddress(word))
            return [Recording.FromUrl(word)];
        if (word.Contains("://", StringComparison.Ordinal))
            throw new UsageException($"{word}: must be a file, a folder or an https address");
        if (Directory.Exists(word))
            return Search(word, isRecursive ? "**/*" : "*", IsAudio, $"{word}: there is no recording in this folder");
        if (File.Exists(word))
            return [Recording.FromFile(word)];
        if (word.IndexOfAny(Wildcards) < 0)
            throw new UsageException($"{word}: there is no such file or folder");
        int split = word.AsSpan(0, word.IndexOfAny(Wildcards)).LastIndexOfAny('/', Path.DirectorySeparatorChar) + 1;
        string folder = split == 0 ? "." : word[..split];
        if (!Directory.Exists(folder))
            throw new UsageException($"{word}: there is no folder {folder}");
        return Search(folder, word[split..], static _ => true, $"{word}: no file fits this pattern");
    }

    private static List<Recording> Search(string folder, string pattern, Func<string, bool> fits, string nothing)
    {
        Matcher matcher = new Matcher(StringComparison.OrdinalIgnoreCase).AddInclude(pattern);
        string full = Path.GetFullPath(folder);
        List<Recording> found =
        [
            .. matcher
                .Execute(new LinkFreeFolder(new DirectoryInfo(full)))
                .Files.Select(match => match.Path)
                .Where(path => !Path.GetFileName(path).StartsWith('.') && fits(path))
                .Order(StringComparer.Ordinal)
                .Select(path => new Recording(Path.Combine(folder, path), full, path)),
        ];
        return found.Count > 0 ? found : throw new UsageException(nothing);
    }

    private static bool IsAudio(string path) => AudioFormat.FromFileName(path) is not null;
}
