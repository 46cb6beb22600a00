namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Changes one text that arrives in pieces. What may become something else with the next piece is held back. Used by one thread.</summary>
internal interface ITextFilter
{
    /// <returns>What is ready; may be empty.</returns>
    string Take(string piece);

    /// <summary>The text has no more pieces.</summary>
    /// <returns>What was held back.</returns>
    string End();
}
