using GroqKit.Gateway.Services.Privacy.Detection;

namespace GroqKit.Gateway.Tests.Services.Privacy.Detection;

[Requirement("GW-16")]
public sealed class DetectionQualityTests(ITestOutputHelper output)
{
    private readonly PersonalDataScanner _scanner = new(PersonalDataScanner.Usual);
    private readonly List<Finding> _found = [];

    [Fact]
    public void Detectors_find_what_is_personal_in_five_languages_and_little_else()
    {
        IReadOnlyList<LabelledSentence> sentences = LabelledSentences.All;
        var scores = new Dictionary<string, (int Right, int Wrong, int Missed)>();
        foreach (LabelledSentence sentence in sentences)
            Score(sentence, scores);

        output.WriteLine($"{sentences.Count} sentences in {sentences.DistinctBy(s => s.Language).Count()} languages");
        foreach ((string kind, (int right, int wrong, int missed)) in scores.OrderBy(score => score.Key))
            output.WriteLine(
                $"{kind, -6} precision {Share(right, wrong):P1}  recall {Share(right, missed):P1}  ({right} right, {wrong} wrong, {missed} missed)"
            );
        (int allRight, int allWrong, int allMissed) = (
            scores.Values.Sum(s => s.Right),
            scores.Values.Sum(s => s.Wrong),
            scores.Values.Sum(s => s.Missed)
        );
        output.WriteLine($"all    precision {Share(allRight, allWrong):P1}  recall {Share(allRight, allMissed):P1}");

        sentences.Count.ShouldBeGreaterThanOrEqualTo(500);
        sentences.Select(sentence => sentence.Language).Distinct().Count().ShouldBe(5);
        Share(allRight, allWrong).ShouldBeGreaterThan(0.98);
        Share(allRight, allMissed).ShouldBeGreaterThan(0.98);
    }

    private void Score(LabelledSentence sentence, Dictionary<string, (int Right, int Wrong, int Missed)> scores)
    {
        _scanner.Scan(sentence.Text, _found);
        List<Finding> left = [.. _found];
        foreach ((string value, PersonalDataKind kind) in sentence.Labels)
        {
            int start = sentence.Text.IndexOf(value, StringComparison.Ordinal);
            int hit = left.FindIndex(finding =>
                finding.Kind == kind && finding.Start <= start && finding.End >= start + value.Length
            );
            if (hit >= 0)
            {
                left.RemoveAt(hit);
                Count(kind, right: 1);
            }
            else
            {
                output.WriteLine($"missed {kind.Label}: {sentence.Text}");
                Count(kind, missed: 1);
            }
        }
        foreach (Finding wrong in left)
        {
            output.WriteLine(
                $"wrong {wrong.Kind.Label} '{sentence.Text.Substring(wrong.Start, wrong.Length)}': {sentence.Text}"
            );
            Count(wrong.Kind, wrong: 1);
        }

        void Count(PersonalDataKind kind, int right = 0, int wrong = 0, int missed = 0)
        {
            (int r, int w, int m) = scores.GetValueOrDefault(kind.Label);
            scores[kind.Label] = (r + right, w + wrong, m + missed);
        }
    }

    private static double Share(int right, int other) => right + other == 0 ? 1 : (double)right / (right + other);
}
