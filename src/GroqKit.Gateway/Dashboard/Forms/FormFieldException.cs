namespace GroqKit.Gateway.Dashboard.Forms;

/// <summary>A field of a form can't be sent on as what it is.</summary>
/// <param name="place">Its place in the body.</param>
/// <param name="message">What is wrong.</param>
internal sealed class FormFieldException(string place, string message) : Exception(message)
{
    public string Place { get; } = place;
}
