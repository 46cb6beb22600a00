using System.Globalization;

namespace GroqKit.Bench.Providers;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(IReadOnlyList<string> Names, int? Rounds)
{
    private static readonly string[] All = ["calls", "estimate", "limits"];

    /// <summary>Null: not to be understood.</summary>
    public static Arguments? Parse(string[] args)
    {
        var names = new List<string>();
        int? rounds = null;
        for (int i = 0; i < args.Length; i++)
        {
            if (
                args[i] == "--rounds"
                && i + 1 < args.Length
                && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                && count > 0
            )
            {
                rounds = count;
                i++;
            }
            else if (All.Contains(args[i]))
                names.Add(args[i]);
            else
                return null;
        }
        return new Arguments(names.Count > 0 ? names : All, rounds);
    }
}
