namespace GroqKit.Cli.Transcripts;

/// <summary>A recording to be heard.</summary>
/// <param name="Source">A path, or an https address.</param>
/// <param name="Folder">The folder from which it was found; that of an address is the working folder.</param>
/// <param name="Relative">Its path below that folder; for an address a name made from it.</param>
internal sealed record Recording(string Source, string Folder, string Relative)
{
    public bool IsUrl => IsAddress(Source);

    public static bool IsAddress(string text) => text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public static Recording FromFile(string path)
    {
        string full = Path.GetFullPath(path);
        return new Recording(path, Path.GetDirectoryName(full)!, Path.GetFileName(full));
    }

    public static Recording FromUrl(string url)
    {
        string name = Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
            ? Uri.UnescapeDataString(uri.Segments[^1]).Trim('/')
            : "";
        string safe = string.Join('_', name.Split(Path.GetInvalidFileNameChars()));
        return new Recording(url, Directory.GetCurrentDirectory(), safe is "" or "." or ".." ? "recording" : safe);
    }
}
