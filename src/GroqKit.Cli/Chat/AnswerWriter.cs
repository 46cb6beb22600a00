using GroqKit.Chat;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Chat;

/// <summary>Asks, and prints the answer: as it comes, whole, or as JSON.</summary>
internal sealed class AnswerWriter(Terminal terminal, GroqClient client)
{
    /// <summary>Prints the words as they come.</summary>
    /// <returns>The whole answer.</returns>
    public async Task<ChatCompletion> StreamAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        await using ChatStream stream = await client.Chat.StreamAsync(request, cancellationToken: cancellationToken);
        try
        {
            await foreach (ChatChunk chunk in stream)
            {
                if (string.IsNullOrEmpty(chunk.Text))
                    continue;
                await terminal.Output.WriteAsync(terminal.Shown(chunk.Text));
                await terminal.Output.FlushAsync(cancellationToken);
            }
            return stream.Snapshot();
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Prints the text once it is whole.</summary>
    public async Task<ChatCompletion> WriteTextAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        ChatCompletion answer = await AskAsync(request, cancellationToken);
        await terminal.Output.WriteAsync(terminal.Shown(answer.Text ?? ""));
        await EndAsync();
        return answer;
    }

    /// <summary>Prints all that the API answered.</summary>
    public async Task<ChatCompletion> WriteJsonAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        ChatCompletion answer = await AskAsync(request, cancellationToken);
        await terminal.Output.WriteLineAsync(answer.ToJson());
        return answer;
    }

    // An answer by a schema that came out broken is asked for once more.
    private Task<ChatCompletion> AskAsync(ChatRequest request, CancellationToken cancellationToken) =>
        client.Chat.CreateAsync(
            request,
            request.ResponseFormat is null ? null : new CallOptions { Repair = RepairPolicy.Once },
            cancellationToken
        );

    // A pipe gets the answer and nothing else; a person gets the next prompt on a new line.
    private async Task EndAsync()
    {
        if (!terminal.IsOutputRedirected)
            await terminal.Output.WriteLineAsync();
        await terminal.Output.FlushAsync(CancellationToken.None);
    }
}
