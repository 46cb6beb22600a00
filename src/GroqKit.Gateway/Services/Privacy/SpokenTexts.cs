namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What is done to the texts of a request for speech: as to those of others, and what is spoken has words in the place of placeholders.</summary>
/// <param name="usual">What is done to others.</param>
internal sealed class SpokenTexts(InputTexts usual) : ITextChange
{
    private const string Spoken = "input";

    public string? Change(ReadOnlySpan<char> text, string member, bool isJson)
    {
        string? changed = usual.Change(text, member, isJson);
        return member == Spoken ? SpokenMasks.Say(changed ?? text.ToString()) ?? changed : changed;
    }
}
