namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Changes whole texts.</summary>
internal interface ITextChange
{
    /// <param name="text">The text, unescaped.</param>
    /// <param name="member">The outermost member of the object that it stands in; empty where there is none.</param>
    /// <param name="isJson">Whether it is JSON itself, so that what is put into it has to be escaped.</param>
    /// <returns>Null when it stays as it is.</returns>
    string? Change(ReadOnlySpan<char> text, string member, bool isJson);
}
