using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Cli.Transcripts;

/// <summary>How recordings are heard and written down.</summary>
internal sealed record TranscriptSettings(
    string Model,
    string? Language,
    string? Prompt,
    double? Temperature,
    IReadOnlyList<TranscriptFormat> Formats
)
{
    public bool NeedsTimes => Formats.Any(format => format.NeedsTimes);

    /// <summary>Differs where the transcript would: work done with other settings is not taken for done.</summary>
    public string Fingerprint(string task)
    {
        string all = string.Join(
            '\n',
            [task, Model, Language, Prompt, $"{Temperature}", .. Formats.Select(f => f.Name)]
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
    }
}
