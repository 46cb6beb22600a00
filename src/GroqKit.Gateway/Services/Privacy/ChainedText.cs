namespace GroqKit.Gateway.Services.Privacy;

/// <summary>One filter behind another.</summary>
internal sealed class ChainedText(ITextFilter first, ITextFilter second) : ITextFilter
{
    public string Take(string piece) => second.Take(first.Take(piece));

    public string End() => second.Take(first.End()) + second.End();
}
