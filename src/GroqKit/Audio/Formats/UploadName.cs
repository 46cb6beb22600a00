namespace GroqKit.Audio;

/// <summary>
/// The name under which a recording is uploaded. Groq refuses a file whose name doesn't end in one of its extensions, whatever
/// is in it, so a missing or misleading name is mended from the content.
/// </summary>
internal static class UploadName
{
    private const string DefaultStem = "audio";

    public static string AcceptedExtensions { get; } =
        string.Join(' ', AudioFormat.Accepted.Select(format => format.Extension).Order(StringComparer.Ordinal));

    /// <summary>Gives the name and the format that it announces.</summary>
    /// <param name="fileName">The caller's name, or null.</param>
    /// <param name="beginning">The first bytes of the content.</param>
    /// <param name="problem">Why the recording can't be sent, or null.</param>
    public static (string Name, AudioFormat Format) Choose(
        string? fileName,
        ReadOnlySpan<byte> beginning,
        out string? problem
    )
    {
        problem = null;
        string name = Clean(fileName);
        AudioFormat? byName = AudioFormat.FromFileName(name);
        AudioSignature signature = AudioSignature.Of(beginning);
        if (signature.Format is { } format)
        {
            if (byName?.Family == format.Family)
                return (name, byName);
            string stem = Path.GetFileNameWithoutExtension(name);
            return ($"{(stem.Length == 0 ? DefaultStem : stem)}.{format.Extension}", format);
        }
        if (signature.Refused is { } refused)
            problem =
                $"The content is {refused}, which Groq does not take. Convert it to one of: {AcceptedExtensions}.";
        else if (byName is null)
            problem =
                name.Length == 0
                    ? $"The format can be told neither from a file name nor from the content. Accepted: {AcceptedExtensions}."
                    : $"'{name}' is not a file name that Groq takes, and the content shows no known format. Accepted: {AcceptedExtensions}.";
        return (name, byName ?? AudioFormat.Wav);
    }

    // Only the last part of a path, and nothing that could end the quotes around it.
    private static string Clean(string? fileName)
    {
        if (string.IsNullOrEmpty(fileName))
            return "";
        string last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        return string.Concat(last.Select(letter => letter == '"' ? '_' : letter)).Trim();
    }
}
