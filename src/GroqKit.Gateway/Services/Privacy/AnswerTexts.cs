using System.Text;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What is done to the texts of an answer: the caller's own values come back, and others are masked where that is wanted.</summary>
/// <param name="masks">What stands in for what.</param>
/// <param name="masker">Masks what the caller didn't send; null where that stays.</param>
internal sealed class AnswerTexts(Masks masks, TextMasker? masker) : ITextChange
{
    public string? Change(ReadOnlySpan<char> text, string member, bool isJson)
    {
        string? masked = masker?.Mask(text);
        ReadOnlySpan<char> now = masked ?? text;
        if (masks.IsEmpty || now.IndexOf('[') < 0)
            return masked;
        var restored = new StringBuilder(now.Length);
        masks.Restore(now, isJson, more: false, restored);
        return restored.ToString();
    }

    /// <summary>A filter for one text that comes in pieces.</summary>
    public ITextFilter Stream(bool isJson)
    {
        var restoring = new RestoringText(masks, isJson);
        return masker is null ? restoring : new ChainedText(new MaskingText(masker), restoring);
    }
}
