namespace GroqKit.Cli.Hosting;

/// <summary>The command line asks for something that cannot be; nothing was sent.</summary>
/// <param name="message">One line that names the option or argument.</param>
internal sealed class UsageException(string message) : Exception(message);
