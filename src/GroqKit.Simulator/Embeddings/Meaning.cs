using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Embeddings;

/// <summary>
/// A direction for a text: every word points its own way, its three-letter pieces a little, and everyday words hardly at all. So
/// texts that share words lie near one another, "house" near "houses", and the same text is always the same.
/// </summary>
internal static class Meaning
{
    public const int Dimensions = 768;

    private const float WordWeight = 1;
    private const float PieceWeight = 0.25f;
    private const float EverydayWeight = 0.1f;

    // Each feature touches only some of the dimensions, which keeps unlike texts apart.
    private const int Touched = 24;

    /// <summary>A vector of length 1.</summary>
    public static float[] Of(string text, int dimensions = Dimensions)
    {
        float[] vector = new float[dimensions];
        HashSet<string> telling = [.. Words.Telling(text)];
        foreach (string word in SplitWords(text))
        {
            bool isTelling = telling.Contains(word);
            Add(vector, word, isTelling ? WordWeight : EverydayWeight);
            for (int i = 0; isTelling && i + 3 <= word.Length; i++)
                Add(vector, $"piece:{word[i..(i + 3)]}", PieceWeight);
        }

        float length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
        {
            Add(vector, "nothing:" + text, 1);
            length = MathF.Sqrt(vector.Sum(value => value * value));
        }

        for (int i = 0; i < vector.Length; i++)
            vector[i] /= length;
        return vector;
    }

    /// <summary>From -1 (opposite) over 0 (unrelated) to 1 (the same).</summary>
    public static double Likeness(float[] one, float[] other) => one.Zip(other, (left, right) => left * right).Sum();

    private static string[] SplitWords(string text) =>
        text.ToLowerInvariant().Split([.. " \t\r\n.,;:!?()[]{}<>\"'/\\|_-"], StringSplitOptions.RemoveEmptyEntries);

    private static void Add(float[] vector, string feature, float weight)
    {
        var dice = new Dice(StableHash.Of(feature));
        for (int i = 0; i < Touched; i++)
            vector[dice.Roll(vector.Length)] += dice.Roll(2) == 0 ? weight : -weight;
    }
}
