using System.Text;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Puts the caller's values back, also where a placeholder arrives in pieces.</summary>
internal sealed class RestoringText(Masks masks, bool isJson) : ITextFilter
{
    private string _held = "";

    public string Take(string piece) => Restore(_held + piece, more: true);

    public string End() => Restore(_held, more: false);

    private string Restore(string text, bool more)
    {
        _held = "";
        if (!text.Contains('['))
            return text;
        var ready = new StringBuilder(text.Length);
        int taken = masks.Restore(text, isJson, more, ready);
        _held = text[taken..];
        return ready.ToString();
    }
}
