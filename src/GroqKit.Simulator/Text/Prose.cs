using System.Text;

namespace GroqKit.Simulator.Text;

/// <summary>Writes plain English that takes up the prompt and says that it is simulated; the dice decide the wording.</summary>
internal static class Prose
{
    private const int LongestQuote = 80;
    private const int LongestToolQuote = 2_000;

    private static readonly string[] Openings =
    [
        "You asked: \"{0}\" Here is a simulated answer.",
        "This is a simulated answer to \"{0}\"",
        "On \"{0}\" the simulator has this to say.",
        "Thank you for asking \"{0}\" What follows is simulated.",
    ];

    private static readonly string[] Sentences =
    [
        "The short version is that {0} makes most sense when you look at one concrete example first.",
        "People who work with {0} usually begin with the simple case and add detail once it holds.",
        "Three things matter here: what you have, what you need, and how {0} connects the two.",
        "It helps to write down what you already know about {0} before looking anything up.",
        "A common mistake is to treat {0} as one big question instead of several small ones.",
        "If two explanations of {0} fit equally well, prefer the one that is easier to check.",
        "Numbers make {0} easier to discuss, so measure before you decide.",
        "Once {0} is clear, the remaining steps tend to follow in an obvious order.",
        "Ask someone who disagrees about {0}, because the difference shows where the hard part is.",
        "In practice {0} rewards patience more than cleverness.",
    ];

    private static readonly string[] Thoughts =
    [
        "The question is about {0}.",
        "I should keep the answer to the point.",
        "First I recall what is known about {0}, then I put it in order.",
        "An example may be clearer than a definition.",
        "I will check that nothing contradicts what was said before.",
        "Nothing here needs more than a few sentences.",
    ];

    /// <summary>An answer of a few sentences, or of exactly <paramref name="tokens"/> tokens when that is given.</summary>
    public static string Answer(string prompt, int images, int? tokens, Dice dice)
    {
        string topic = Topic(prompt, dice);
        var text = new StringBuilder();
        text.AppendFormat(null, dice.Pick(Openings), Quote(prompt, LongestQuote));
        if (images > 0)
            text.Append(images == 1 ? " One picture came with it." : $" {images} pictures came with it.");
        Continue(text, Sentences, topic, 2 + dice.Roll(3), tokens, dice);
        return Fit(text, tokens);
    }

    /// <summary>An answer that repeats what the tools returned, so that a round trip can be checked by its text.</summary>
    public static string AfterTools(IEnumerable<string> results, int? tokens, Dice dice)
    {
        var text = new StringBuilder("The tool answered:");
        foreach (string result in results)
            text.Append(' ').Append(Beginning(result, LongestToolQuote));
        text.Append(". With that the question can be answered.");
        Continue(text, Sentences, "the result", 0, tokens, dice);
        return Fit(text, tokens);
    }

    /// <summary>A train of thought; <paramref name="sentences"/> grows with the reasoning effort.</summary>
    public static string Reasoning(string prompt, int sentences, Dice dice)
    {
        string topic = Topic(prompt, dice);
        var text = new StringBuilder();
        text.AppendFormat(null, Thoughts[0], topic);
        for (int i = 1; i < sentences; i++)
            text.Append(' ').AppendFormat(null, Thoughts[1 + ((i - 1) % (Thoughts.Length - 1))], topic);
        return text.ToString();
    }

    private static void Continue(StringBuilder text, string[] bank, string topic, int sentences, int? tokens, Dice dice)
    {
        int start = dice.Roll(bank.Length);
        // A sentence never has fewer than eight tokens, so this many are enough for any wish.
        int wanted = tokens is { } count ? Math.Max(1, count / 8 + 1) : sentences;
        for (int i = 0; i < wanted; i++)
            text.Append(' ').AppendFormat(null, bank[(start + i * 3) % bank.Length], topic);
    }

    private static string Fit(StringBuilder text, int? tokens) =>
        tokens is { } count ? TokenRule.Take(text.ToString(), count) : text.ToString();

    private static string Topic(string prompt, Dice dice)
    {
        IReadOnlyList<string> words = Words.Telling(prompt);
        return words.Count == 0 ? "the subject" : dice.Pick(words);
    }

    private static string Quote(string prompt, int longest)
    {
        string line = string.Join(' ', prompt.Split((char[]?)null, 64, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0)
            return "…";
        if (line.Length <= longest)
            return char.IsPunctuation(line[^1]) ? line : line + ".";
        return Beginning(line, longest) + "…";
    }

    private static string Beginning(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }
}
