using System.Globalization;
using GroqKit.Chat;

namespace GroqKit.Bench.Providers;

/// <summary>
/// The estimate beside exact counts of a real vocabulary, o200k_base: that of gpt-oss and of OpenAI's models since GPT-4o. The counts were
/// made by bench/count-tokens.mjs and stand beside the texts.
/// </summary>
internal static class EstimateErrors
{
    public static void Print()
    {
        Console.WriteLine("Tokens by the rule beside those of o200k_base; more than none is too many");
        Console.WriteLine($"{"text", -14}{"characters", 12}{"exact", 8}{"estimate", 10}{"error", 9}");
        double worst = 0;
        int under = 0;
        var all = Read("o200k_base.counts")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Select(line => (Name: line[0], Exact: int.Parse(line[1], CultureInfo.InvariantCulture)))
            .ToList();
        foreach (var (name, exact) in all)
        {
            string text = Read($"{name}.txt");
            int estimate = TokenEstimate.Count(text);
            double error = ((double)estimate / exact) - 1;
            worst = Math.Max(worst, error);
            under += error < 0 ? 1 : 0;
            Console.WriteLine($"{name, -14}{text.Length, 12}{exact, 8}{estimate, 10}{error, 9:+0%;-0%}");
        }
        Console.WriteLine($"Too few in {under} of {all.Count}; at worst {worst:0%} too many.");
    }

    private static string Read(string name)
    {
        using Stream stream = typeof(EstimateErrors).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
