using System.CommandLine;
using GroqKit.Chat;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Chat;

/// <summary><c>groqkit chat</c>: one question and its answer, or a session.</summary>
internal sealed class ChatCommand(Terminal terminal)
{
    private const string DefaultModel = "openai/gpt-oss-120b";
    private const string DefaultVisionModel = "qwen/qwen3.8-27b";
    private const string StandardInput = "-";

    private readonly Argument<string[]> _prompt = new("prompt")
    {
        HelpName = "PROMPT",
        Description =
            "What to say; several words are joined. A '-' stands for standard input. Without it, standard input is read, or a session begins.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _model = SharedOptions.ModelOrNone(
        $"The model. Otherwise {DefaultModel}, with pictures {DefaultVisionModel}."
    );

    private readonly Option<string?> _system = SharedOptions.System();

    private readonly Option<string[]> _images = new("--image")
    {
        Description = "A picture to look at: a file or an https address. May be repeated.",
        HelpName = "FILE|URL",
    };

    private readonly Option<string[]> _files = new("--file")
    {
        Description = "A text file to read. May be repeated.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _schema = new("--schema")
    {
        Description = "A file with a JSON Schema that the answer follows.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _strict = SharedOptions.Flag(
        "--strict",
        "Guarantee the schema, on models that can. Every property must be required."
    );

    private readonly Option<double?> _temperature = SharedOptions.Temperature();

    private readonly Option<int?> _maxTokens = SharedOptions.MaxTokens();

    private readonly Option<string?> _reasoning = new("--reasoning")
    {
        Description = "How much to think: low, medium or high; none where a model can do without.",
        HelpName = "EFFORT",
    };

    private readonly Option<bool> _noTools = SharedOptions.Flag(
        "--no-tools",
        "The model must not use tools, not even the server's own."
    );

    private readonly Option<bool> _interactive = SharedOptions.Flag(
        "--interactive",
        "Begin a session; a prompt is its first question.",
        "-i"
    );

    private readonly Option<string?> _session = new("--session")
    {
        Description = "A file that keeps what was said; the next time it goes on from there.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noStream = SharedOptions.Flag("--no-stream", "Print the answer when it is whole.");

    private readonly Option<bool> _json = SharedOptions.Json("Print all that the API answered as JSON.");

    private readonly ConnectionOptions _connection = new();

    public Command Build()
    {
        var command = new CliCommand(
            "chat",
            "Ask a model and print its answer as it comes.",
            "groqkit chat \"Why is the sky blue?\"",
            "git diff | groqkit chat \"Write a commit message for this:\" -",
            "groqkit chat --image holiday.jpg \"Where was this?\"",
            "groqkit chat --file notes.txt --schema tasks.json \"List the tasks.\"",
            "groqkit chat --session plan.json          (a session that can be continued)"
        )
        {
            _prompt,
            _model,
            _system,
            _images,
            _files,
            _schema,
            _strict,
            _temperature,
            _maxTokens,
            _reasoning,
            _noTools,
            _interactive,
            _session,
            _noStream,
            _json,
        };
        _connection.AddTo(command);
        command.Runs(terminal, RunAsync);
        return command;
    }

    private void RefuseConflicts(ParseResult arguments)
    {
        if (arguments.GetValue(_strict) && arguments.GetValue(_schema) is null)
            throw new UsageException("--strict goes with --schema");
        if (!arguments.GetValue(_interactive))
            return;
        Option? alien = new Option[] { _json, _schema, _noStream }.FirstOrDefault(option =>
            arguments.GetResult(option) is { Implicit: false }
        );
        if (alien is not null)
            throw new UsageException($"{alien.Name} does not go with --interactive");
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        RefuseConflicts(arguments);
        string[] files = arguments.GetValue(_files) ?? [];
        string[] images = arguments.GetValue(_images) ?? [];
        string[] words = arguments.GetValue(_prompt) ?? [];
        // Of a session, standard input is the questions.
        bool isPiped = words.Length == 0 && terminal.IsInputRedirected && !arguments.GetValue(_interactive);
        string prompt = await ReadPromptAsync(words, isPiped, cancellationToken);
        bool hasQuestion = !string.IsNullOrWhiteSpace(prompt) || files.Length > 0 || images.Length > 0;
        bool isSession = arguments.GetValue(_interactive) || (!hasQuestion && !terminal.IsInputRedirected);
        if (!hasQuestion && !isSession)
            throw new UsageException("there is no prompt: give one as an argument or on standard input");
        ChatMessage? question = hasQuestion
            ? await Question.BuildAsync(hasQuestion ? prompt : "", files, images, cancellationToken)
            : null;
        ChatSettings settings = await ReadSettingsAsync(arguments, images.Length > 0, cancellationToken);
        SessionFile? memory = arguments.GetValue(_session) is { } path
            ? await SessionFile.OpenAsync(path, cancellationToken)
            : null;
        Conversation said = memory?.Conversation ?? Conversation.Empty;
        if (arguments.GetValue(_system) is { } system)
            said = ChatSession.Instruct(said, system);
        using GroqClient client = _connection.Connect(arguments);
        var writer = new AnswerWriter(terminal, client);
        if (isSession)
            return await new ChatSession(terminal, writer, settings, said, memory).RunAsync(
                question,
                cancellationToken
            );
        return await AnswerAsync(arguments, writer, settings, said.Add(question!), memory, cancellationToken);
    }

    private async Task<int> AnswerAsync(
        ParseResult arguments,
        AnswerWriter writer,
        ChatSettings settings,
        Conversation said,
        SessionFile? memory,
        CancellationToken cancellationToken
    )
    {
        ChatRequest request = settings.Ask(said.Messages);
        ChatCompletion answer =
            arguments.GetValue(_json) ? await writer.WriteJsonAsync(request, cancellationToken)
            : arguments.GetValue(_noStream) || settings.Format is not null
                ? await writer.WriteTextAsync(request, cancellationToken)
            : await writer.StreamAsync(request, cancellationToken);
        if (memory is not null)
            await memory.SaveAsync(said.Add(answer), cancellationToken);
        return ExitCode.Success;
    }

    private async Task<string> ReadPromptAsync(string[] words, bool isPiped, CancellationToken cancellationToken)
    {
        if (!isPiped && !words.Contains(StandardInput))
            return string.Join(' ', words);
        string input = await InputFile.ReadInputAsync(terminal, cancellationToken);
        return isPiped ? input : string.Join(' ', words.Select(word => word == StandardInput ? input : word));
    }

    private async Task<ChatSettings> ReadSettingsAsync(
        ParseResult arguments,
        bool hasImages,
        CancellationToken cancellationToken
    )
    {
        ResponseFormat? format = arguments.GetValue(_schema) is { } path
            ? await SchemaFile.ReadAsync(path, arguments.GetValue(_strict), cancellationToken)
            : null;
        return new ChatSettings
        {
            Model = arguments.GetValue(_model) ?? (hasImages ? DefaultVisionModel : DefaultModel),
            Temperature = arguments.GetValue(_temperature),
            MaxTokens = arguments.GetValue(_maxTokens),
            Reasoning = arguments.GetValue(_reasoning),
            Format = format,
            IsWithoutTools = arguments.GetValue(_noTools),
        };
    }
}
