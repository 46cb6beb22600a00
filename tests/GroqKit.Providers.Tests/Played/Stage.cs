using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Played;

/// <summary>Plays a script as pieces of content.</summary>
internal static class Stage
{
    public static async IAsyncEnumerable<(AIContent? Content, string? Finish)> PlayAsync(
        PlayedProvider provider,
        ProviderConnection? connection,
        IEnumerable<ChatMessage> messages,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Act[] script = provider.Begin(connection, messages);
        try
        {
            await Task.Yield();
            foreach (Act act in script)
            {
                switch (act)
                {
                    case Act.Say said:
                        yield return (Copy(said.Content), null);
                        break;
                    case Act.Nothing:
                        yield return (null, null);
                        break;
                    case Act.Finish finish:
                        yield return (null, finish.Reason);
                        break;
                    case Act.Hang:
                        await Forever.WaitAsync(cancellationToken);
                        break;
                    case Act.Until until:
                        await until.Signal.WaitAsync(cancellationToken);
                        break;
                    case Act.Throw thrown:
                        throw thrown.Error;
                }
            }
        }
        finally
        {
            provider.End();
        }
    }

    // Pieces may be trimmed by whoever reads them; scripts are played again.
    private static AIContent Copy(AIContent content) =>
        content is TextContent text ? new TextContent(text.Text) : content;
}
