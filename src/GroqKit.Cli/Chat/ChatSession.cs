using GroqKit.Chat;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Chat;

/// <summary>Questions and answers until somebody leaves. Ctrl-C ends an answer, at the prompt the session.</summary>
internal sealed class ChatSession(
    Terminal terminal,
    AnswerWriter writer,
    ChatSettings settings,
    Conversation said,
    SessionFile? memory
)
{
    private const string Prompt = "> ";
    private const string Commands = """
        /help             this
        /model MODEL      go on with another model
        /system TEXT      other instructions to the model
        /history          what was said
        /undo             forget the last question and its answer
        /clear            begin anew
        /exit             leave, as does Ctrl-D
        A line that ends with \ goes on in the next.
        """;

    private Conversation _said = said;
    private ChatSettings _settings = settings;

    /// <summary>The text of a message; a picture leaves none.</summary>
    public static string TextOf(ChatMessage message) =>
        message.Content is not { } content
            ? ""
            : content.Text ?? string.Join("\n\n", (content.Parts ?? []).Select(part => part.Text).OfType<string>());

    /// <summary>The conversation with other instructions.</summary>
    public static Conversation Instruct(Conversation said, string instructions) =>
        Conversation.Start(instructions).Add(said.Messages.Where(message => message.Role != ChatRole.System));

    public async Task<int> RunAsync(ChatMessage? first, CancellationToken cancellationToken)
    {
        await SayAsync($"{_settings.Model}. /help lists commands, Ctrl-D leaves.");
        if (first is not null)
            await AskAsync(first);
        while (await ReadAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
                continue;
            if (!line.StartsWith('/'))
                await AskAsync(ChatMessage.User(line));
            else if (!await ObeyAsync(line, cancellationToken))
                return ExitCode.Success;
        }
        if (!terminal.IsInputRedirected)
            await terminal.Error.WriteLineAsync();
        return ExitCode.Success;
    }

    private async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        string text = "";
        while (true)
        {
            if (!terminal.IsInputRedirected)
                await terminal.Error.WriteAsync(text.Length == 0 ? Prompt : "  ");
            string? line = await Task.Run(() => terminal.Input.ReadLine(), cancellationToken)
                .WaitAsync(cancellationToken);
            if (line is null)
                return text.Length == 0 ? null : text.Trim();
            if (!line.EndsWith('\\'))
                return (text + line).Trim();
            text += line[..^1] + "\n";
        }
    }

    private async Task AskAsync(ChatMessage question)
    {
        Conversation asked = _said.Add(question);
        try
        {
            bool isWhole = await terminal.Interruption.RunPartAsync(async token =>
            {
                ChatCompletion answer = await writer.StreamAsync(_settings.Ask(Fit(asked)), token);
                _said = asked.Add(answer);
                if (memory is not null)
                    await memory.SaveAsync(_said, token);
            });
            if (!isWhole)
                await SayAsync("interrupted; the question and what came of its answer are forgotten");
        }
        catch (GroqException error)
        {
            await terminal.WriteErrorAsync(error.Message);
        }
    }

    // The oldest turns give way where the model's window is known.
    private IReadOnlyList<ChatMessage> Fit(Conversation asked)
    {
        try
        {
            return asked.Fit(_settings.Model).Messages;
        }
        catch (GroqValidationException)
        {
            return asked.Messages;
        }
    }

    private async Task<bool> ObeyAsync(string line, CancellationToken cancellationToken)
    {
        string[] words = line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["/exit" or "/quit" or "/bye"]:
                return false;
            case ["/help"]:
                await SayAsync(Commands);
                break;
            case ["/model", var model]:
                _settings = _settings with { Model = model };
                await SayAsync($"now {model}");
                break;
            case ["/system", var instructions]:
                await RememberAsync(Instruct(_said, instructions), "noted", cancellationToken);
                break;
            case ["/clear"]:
                Conversation anew = Conversation.Empty.Add(_said.Messages.Where(IsInstruction));
                await RememberAsync(anew, "forgotten", cancellationToken);
                break;
            case ["/undo"]:
                await RememberAsync(WithoutLastTurn(), "forgotten", cancellationToken);
                break;
            case ["/history"]:
                foreach (ChatMessage message in _said.Messages)
                    await SayAsync($"{message.Role}: {TextOf(message)}");
                break;
            default:
                await SayAsync($"{words[0]} is not a command, or lacks something; /help lists them");
                break;
        }
        return true;
    }

    private async Task RememberAsync(Conversation said, string remark, CancellationToken cancellationToken)
    {
        _said = said;
        if (memory is not null)
            await memory.SaveAsync(_said, cancellationToken);
        await SayAsync(remark);
    }

    private Conversation WithoutLastTurn()
    {
        IReadOnlyList<ChatMessage> messages = _said.Messages;
        int last = messages.Count - 1;
        while (last > 0 && messages[last].Role != ChatRole.User)
            last--;
        return last < 0 || IsInstruction(messages[last]) ? _said : Conversation.Empty.Add(messages.Take(last));
    }

    private static bool IsInstruction(ChatMessage message) => message.Role == ChatRole.System;

    // Beside the answers, so that those can be kept with > and nothing else among them.
    private Task SayAsync(string text) => terminal.Error.WriteLineAsync(Printable.Text(text));
}
