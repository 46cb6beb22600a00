using System.CommandLine;
using System.CommandLine.Parsing;
using GroqKit.Chat;

namespace GroqKit.Cli;

/// <summary><c>groqkit chat</c>: one question, one answer.</summary>
internal sealed class ChatCommand(Terminal terminal)
{
    private const string DefaultModel = "openai/gpt-oss-120b";
    private const string StandardInput = "-";

    private readonly Argument<string[]> _prompt = new("prompt")
    {
        Description = "What to say; several words are joined. Without it, or for a '-', standard input is read.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = "The model.",
        DefaultValueFactory = _ => DefaultModel,
    };

    private readonly Option<string?> _system = new("--system", "-s") { Description = "Instructions to the model." };

    private readonly Option<string?> _baseUrl = new("--base-url") { Description = "The server." };

    private readonly Option<double?> _temperature = new("--temperature", "-t") { Description = "Randomness, 0 to 2." };

    private readonly Option<int?> _maxTokens = new("--max-tokens") { Description = "The most tokens to generate." };

    private readonly Option<bool> _noStream = new("--no-stream") { Description = "Print the answer when it is whole." };

    private readonly Option<bool> _json = new("--json") { Description = "Print the whole answer as JSON." };

    public Command Build()
    {
        var command = new Command("chat", "Ask a model and print its answer as it comes.")
        {
            _prompt,
            _model,
            _system,
            _baseUrl,
            _temperature,
            _maxTokens,
            _noStream,
            _json,
        };
        _prompt.Validators.Add(RefuseUnknownOptions);
        command.SetAction(RunAsync);
        return command;
    }

    // A mistyped option would otherwise be said to the model, at the caller's cost.
    private static void RefuseUnknownOptions(ArgumentResult prompt)
    {
        string? option = prompt.Tokens.Select(token => token.Value).FirstOrDefault(word => word is ['-', _, ..]);
        if (option is not null)
            prompt.AddError($"there is no option {option}; text that begins with a hyphen goes to standard input");
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? prompt = await ReadPromptAsync(arguments.GetValue(_prompt) ?? [], cancellationToken);
        if (string.IsNullOrWhiteSpace(prompt))
        {
            await terminal.WriteErrorAsync("there is no prompt: give one as an argument or on standard input");
            return ExitCode.Usage;
        }
        return await CommandLine.GuardAsync(terminal, () => AskAsync(arguments, prompt, cancellationToken));
    }

    private async Task<string?> ReadPromptAsync(string[] words, CancellationToken cancellationToken)
    {
        if (words.Length > 0 && !words.Contains(StandardInput))
            return string.Join(' ', words);
        if (words.Length == 0 && !terminal.IsInputRedirected)
            return null;
        string input = await terminal.Input.ReadToEndAsync(cancellationToken);
        return words.Length == 0 ? input : string.Join(' ', words.Select(word => word == StandardInput ? input : word));
    }

    private async Task AskAsync(ParseResult arguments, string prompt, CancellationToken cancellationToken)
    {
        using var client = new GroqClient(new GroqClientOptions { BaseUrl = arguments.GetValue(_baseUrl) });
        var request = new ChatRequest
        {
            Model = arguments.GetValue(_model)!,
            Messages = arguments.GetValue(_system) is { } system ? [ChatMessage.System(system), prompt] : [prompt],
            Temperature = arguments.GetValue(_temperature),
            MaxCompletionTokens = arguments.GetValue(_maxTokens),
        };
        if (arguments.GetValue(_json))
        {
            ChatCompletion answer = await client.Chat.CreateAsync(request, cancellationToken: cancellationToken);
            await terminal.Output.WriteLineAsync(answer.ToJson());
        }
        else if (arguments.GetValue(_noStream))
        {
            ChatCompletion answer = await client.Chat.CreateAsync(request, cancellationToken: cancellationToken);
            await terminal.Output.WriteAsync(answer.Text);
            await EndAsync();
        }
        else
        {
            await StreamAsync(client, request, cancellationToken);
        }
    }

    private async Task StreamAsync(GroqClient client, ChatRequest request, CancellationToken cancellationToken)
    {
        await using ChatStream stream = await client.Chat.StreamAsync(request, cancellationToken: cancellationToken);
        try
        {
            await foreach (ChatChunk chunk in stream)
            {
                if (string.IsNullOrEmpty(chunk.Text))
                    continue;
                await terminal.Output.WriteAsync(chunk.Text);
                await terminal.Output.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            await EndAsync();
        }
    }

    // A pipe gets the answer and nothing else; a person gets the next prompt on a new line.
    private async Task EndAsync()
    {
        if (!terminal.IsOutputRedirected)
            await terminal.Output.WriteLineAsync();
    }
}
