using System.Globalization;

namespace GroqKit.Bench.Client;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(IReadOnlyList<string> Names, int? Rounds, Upstream? Upstream)
{
    private static readonly string[] All = ["calls", "in-flight", "throughput", "deadlines", "stream", "upload"];

    /// <summary>Null: not to be understood.</summary>
    public static Arguments? Parse(string[] args)
    {
        if (args is [UpstreamProcess.Mode, var delay, var pace, var chunks])
        {
            var upstream = new Upstream(
                TimeSpan.FromMilliseconds(Number(delay) ?? 0),
                TimeSpan.FromMilliseconds(Number(pace) ?? 0),
                Number(chunks) ?? 0
            );
            return new Arguments([], null, upstream);
        }
        var names = new List<string>();
        int? rounds = null;
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--rounds" && i + 1 < args.Length && Number(args[i + 1]) is > 0 and var count)
            {
                rounds = count;
                i++;
            }
            else if (All.Contains(args[i]))
                names.Add(args[i]);
            else
                return null;
        }
        return new Arguments(names.Count > 0 ? names : All, rounds, null);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
