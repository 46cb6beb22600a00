using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>Tells, once for each model and option, of what a model refuses and what is therefore not sent. Safe for all threads.</summary>
internal sealed partial class DroppedOptions(ILogger logger)
{
    // Models may be named by callers: invented names must not fill the memory.
    private const int MaxTold = 1_000;

    private readonly ConcurrentDictionary<(string Model, string Option), bool> _told = new();

    public void Note(string model, string option)
    {
        if (logger.IsEnabled(LogLevel.Information) && _told.Count < MaxTold && _told.TryAdd((model, option), true))
            Tell(logger, model, option);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Model} refuses the option {Option} in calls like this one, so it is not sent."
    )]
    private static partial void Tell(ILogger logger, string model, string option);
}
