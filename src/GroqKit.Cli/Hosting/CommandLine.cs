using System.CommandLine;
using System.CommandLine.Help;
using GroqKit.Cli.Batches;
using GroqKit.Cli.Bench;
using GroqKit.Cli.Chat;
using GroqKit.Cli.Completion;
using GroqKit.Cli.Models;
using GroqKit.Cli.Serving;
using GroqKit.Cli.Simulation;
using GroqKit.Cli.Speech;
using GroqKit.Cli.Transcripts;

namespace GroqKit.Cli.Hosting;

/// <summary>The commands, and what every one of them does alike.</summary>
internal static class CommandLine
{
    public const string Name = "groqkit";

    private const string Description = """
        Groq from the terminal.

        The key is taken from GROQ_API_KEY, the server from GROQ_BASE_URL.
        """;

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        Command root = Build(terminal);
        ParseResult result = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (result.Errors.Count > 0)
        {
            await terminal.WriteErrorAsync(Explain(result, root));
            return ExitCode.Usage;
        }
        if (MistypedOption.Describe(args, result) is { } problem)
        {
            await terminal.WriteErrorAsync(
                $"{problem} ({Name} {result.CommandResult.Command.Name} --help shows the usage)"
            );
            return ExitCode.Usage;
        }
        return await new ErrorReport(terminal, root).GuardAsync(() =>
            result.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = terminal.Output,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    // The terminal handles interrupts itself: a session survives the one that ends an answer.
                    ProcessTerminationTimeout = null,
                },
                terminal.Interruption.Token
            )
        );
    }

    private static string Explain(ParseResult result, Command root)
    {
        if (result.CommandResult.Command != root)
            return $"{result.Errors[0].Message} ({Name} {result.CommandResult.Command.Name} --help shows the usage)";
        string problem = result.UnmatchedTokens is [var word, ..]
            ? $"there is no {(word.StartsWith('-') ? "option" : "command")} {word}"
            : result.Errors[0].Message;
        return $"{problem} ({Name} --help shows the usage)";
    }

    // Not a RootCommand: its name would be that of the assembly.
    private static Command Build(Terminal terminal)
    {
        var help = new HelpOption { Description = "Show help." };
        help.Action = new HelpWithExamples((HelpAction)help.Action!, terminal);
        return new Command(Name, Description)
        {
            new ChatCommand(terminal).Build(),
            new TranscriptCommand(terminal, SpeechToText.Transcribe).Build(),
            new TranscriptCommand(terminal, SpeechToText.Translate).Build(),
            new SpeakCommand(terminal).Build(),
            new ModelsCommand(terminal).Build(),
            new BatchCommand(terminal).Build(),
            new BenchCommand(terminal).Build(),
            new ServeCommand(terminal).Build(),
            new SimulateCommand(terminal).Build(),
            new CompletionCommand(terminal).Build(),
            new CompleteCommand(terminal, () => Build(terminal)).Build(),
            help,
            new VersionOption { Description = "Show the version." },
        };
    }
}
