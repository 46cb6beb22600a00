using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Privacy.Detection;
using GroqKit.Gateway.Tests.Services.Privacy.Detection;

namespace GroqKit.Gateway.Tests.Services.Privacy;

[Requirement("GW-16")]
public sealed class TextFilterTests
{
    private readonly PersonalDataScanner _scanner = new(PersonalDataScanner.Usual);

    [Fact]
    public void A_value_cut_in_two_anywhere_is_masked_all_the_same()
    {
        int cuts = 0;
        foreach (LabelledSentence sentence in LabelledSentences.All.Where(one => one.Labels.Count > 0))
        {
            // What is missed as a whole is the detectors' business.
            string whole = Masker().Mask(sentence.Text) ?? sentence.Text;
            string[] found = [.. sentence.Labels.Select(label => label.Value).Where(value => !whole.Contains(value))];
            for (int cut = 1; cut < sentence.Text.Length; cut++, cuts++)
            {
                var filter = new MaskingText(Masker());
                string masked = filter.Take(sentence.Text[..cut]) + filter.Take(sentence.Text[cut..]) + filter.End();
                foreach (string value in found)
                    masked.ShouldNotContain(value, Case.Sensitive, $"cut at {cut}: {sentence.Text}");
            }
        }
        cuts.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Text_in_single_characters_is_masked_as_a_whole_one_is()
    {
        const string Text = "Write to anna@example.com or +49 151 23456789, card 4111 1111 1111 1111. Bye";
        var filter = new MaskingText(Masker());

        string masked = string.Concat(Text.Select(c => filter.Take(c.ToString()))) + filter.End();

        masked.ShouldBe("Write to [EMAIL_1] or [PHONE_1], card [CARD_1]. Bye");
    }

    [Fact]
    public void A_placeholder_cut_anywhere_is_restored_and_nothing_else_is_touched()
    {
        var masks = new Masks(_ => false);
        masks.PlaceholderOf("anna@example.com", PersonalDataKind.Email);
        const string Text = "[[EMAIL_1]] and [EMAIL_2] [EMAIL_1 [EMAIL_1]x[E";
        for (int first = 0; first <= Text.Length; first++)
        {
            for (int second = first; second <= Text.Length; second++)
            {
                var filter = new RestoringText(masks, isJson: false);
                string restored =
                    filter.Take(Text[..first])
                    + filter.Take(Text[first..second])
                    + filter.Take(Text[second..])
                    + filter.End();
                restored.ShouldBe("[anna@example.com] and [EMAIL_2] [EMAIL_1 anna@example.comx[E");
            }
        }
    }

    private TextMasker Masker() => new(_scanner, new Masks(_ => false));
}
