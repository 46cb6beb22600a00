using System.CommandLine;
using GroqKit.Catalog;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Models;

/// <summary><c>groqkit models</c>: what there is, what it costs, and what has taken the place of what is gone.</summary>
internal sealed class ModelsCommand(Terminal terminal)
{
    private readonly Argument<string?> _name = new("model")
    {
        HelpName = "MODEL",
        Description = "All that is known about one model, or where it went.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _kind = new("--kind")
    {
        Description = "chat, transcription, speech, guard or embedding.",
        HelpName = "KIND",
    };

    private readonly Option<string[]> _capabilities = new("--capability", "-c")
    {
        Description = "What a model must have, such as tools, vision or strict_schema. May be repeated.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _provider = new("--provider")
    {
        Description = "Who made the model, or behind a gateway who serves it.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _all = SharedOptions.Flag(
        "--all",
        "Also those that are retired or need a contract.",
        "-a"
    );

    private readonly Option<bool> _active = SharedOptions.Flag(
        "--active",
        "Only those that the key may call now; the default."
    );

    private readonly Option<bool> _offline = SharedOptions.Flag(
        "--offline",
        "Ask no server; show what this version of GroqKit knows."
    );

    private readonly Option<bool> _json = SharedOptions.Json("A JSON object a line.");

    private readonly ConnectionOptions _connection = new();

    public Command Build()
    {
        var command = new CliCommand(
            "models",
            "List models with their prices.",
            "groqkit models",
            "groqkit models --capability vision --capability tools",
            "groqkit models --kind speech --json",
            "groqkit models llama-3.3-70b-versatile          (retired: what to take instead)",
            "groqkit models --offline --all | grep retired"
        )
        {
            _name,
            _kind,
            _capabilities,
            _provider,
            _all,
            _active,
            _offline,
            _json,
        };
        _connection.AddTo(command);
        _name.CompletionSources.Add(_ => ModelCatalog.Default.Models.Select(model => model.Id));
        _kind.CompletionSources.Add("chat", "transcription", "speech", "guard", "embedding");
        _capabilities.CompletionSources.Add(_ =>
            ModelCatalog
                .Default.Models.SelectMany(model => model.Capabilities)
                .Select(capability => capability.Value)
                .Distinct()
        );
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_all) && arguments.GetValue(_active))
            throw new UsageException("--all and --active exclude each other");
        ModelCatalog catalog = await ReadAsync(arguments, cancellationToken);
        var today = DateOnly.FromDateTime(terminal.Time.GetUtcNow().UtcDateTime);
        ModelRow[] rows = [.. catalog.Models.Select(model => new ModelRow(model, catalog, today))];
        bool isJson = arguments.GetValue(_json);
        if (arguments.GetValue(_name) is { } name)
        {
            ModelRow row =
                Array.Find(rows, row => string.Equals(row.Model.Id, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException(
                    $"there is no model {name}; groqkit models --all lists them{Similar(name, rows)}"
                );
            await (isJson ? terminal.Output.WriteLineAsync(ModelText.Json(row)) : ModelText.WriteAsync(terminal, row));
            return ExitCode.Success;
        }
        ModelRow[] shown = [.. rows.Where(row => IsWanted(arguments, row))];
        if (shown.Length == 0)
            await terminal.WriteErrorAsync("no model fits all of that");
        if (isJson)
        {
            foreach (ModelRow row in shown)
                await terminal.Output.WriteLineAsync(ModelText.Json(row));
        }
        else
        {
            await ModelText.WriteAsync(terminal, shown, arguments.GetValue(_all));
        }
        return ExitCode.Success;
    }

    // Somebody without a key can look around all the same.
    private async Task<ModelCatalog> ReadAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_offline))
            return ModelCatalog.Default;
        if (!_connection.HasKey(arguments, terminal))
        {
            await terminal.WriteErrorAsync(
                $"without a key (GROQ_API_KEY) this is what was known on {ModelCatalog.Default.Updated:yyyy-MM-dd}"
            );
            return ModelCatalog.Default;
        }
        using GroqClient client = _connection.Connect(arguments);
        CatalogRefresh refresh = await client.Models.RefreshCatalogAsync(cancellationToken: cancellationToken);
        return refresh.Catalog;
    }

    private bool IsWanted(ParseResult arguments, ModelRow row)
    {
        bool isShown = arguments.GetValue(_all) || row is { IsActive: true, Model.Listed: not false };
        return isShown
            && (arguments.GetValue(_kind) is not { } kind || row.Model.Kind.Value == kind)
            && (arguments.GetValue(_provider) is not { } provider || row.IsFrom(provider))
            && (arguments.GetValue(_capabilities) ?? []).All(name =>
                row.Model.Supports(new ModelCapability(name)) == true
            );
    }

    private static string Similar(string name, ModelRow[] rows)
    {
        string[] near =
        [
            .. rows.Select(row => row.Model.Id)
                .Where(id => id.Contains(name, StringComparison.OrdinalIgnoreCase))
                .Take(3),
        ];
        return near.Length == 0 ? "" : $"; near: {string.Join(", ", near)}";
    }
}
