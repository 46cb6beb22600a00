namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What is done to every text of a request before it leaves: invisible characters go, personal data is masked or refused.</summary>
/// <param name="sanitises">Whether invisible characters go.</param>
/// <param name="masker">Finds personal data; null where nobody looks for it.</param>
/// <param name="refuses">Whether personal data ends the call.</param>
internal sealed class InputTexts(bool sanitises, TextMasker? masker, bool refuses) : ITextChange
{
    public string? Change(ReadOnlySpan<char> text, string member, bool isJson)
    {
        string? clean = sanitises ? InvisibleText.Clean(text) : null;
        ReadOnlySpan<char> visible = clean ?? text;
        if (masker is null)
            return clean;
        if (!refuses)
            return masker.Mask(visible) ?? clean;
        string[] kinds = [.. masker.KindsIn(visible)];
        return kinds.Length == 0 ? clean : throw GuardErrors.PersonalData(member, kinds);
    }
}
