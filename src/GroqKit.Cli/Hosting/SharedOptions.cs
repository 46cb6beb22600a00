using System.CommandLine;
using GroqKit.Catalog;

namespace GroqKit.Cli.Hosting;

/// <summary>Options that several commands have: each with one name, one letter and one meaning wherever it stands.</summary>
internal static class SharedOptions
{
    /// <param name="usual">The model unless one is given.</param>
    public static Option<string> Model(string usual)
    {
        Option<string> option = Model<string>("The model.");
        option.DefaultValueFactory = _ => usual;
        return option;
    }

    /// <summary>For a command whose usual model depends on what is asked.</summary>
    public static Option<string?> ModelOrNone(string description) => Model<string?>(description);

    public static Option<string?> System() => Text("--system", "Instructions to the model.", "-s");

    /// <param name="most">The largest value that the endpoint takes.</param>
    public static Option<double?> Temperature(int most = 2) =>
        NumberOption.Real("--temperature", ["-t"], $"Randomness, 0 to {most}.");

    /// <param name="usual">The number unless one is given; null for what the server takes.</param>
    public static Option<int?> MaxTokens(int? usual = null)
    {
        Option<int?> option = NumberOption.Whole("--max-tokens", "The most tokens to generate for an answer.");
        if (usual is not null)
            option.DefaultValueFactory = _ => usual;
        return option;
    }

    /// <param name="what">What is done at the same time.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="usual">How many unless it is said.</param>
    public static Option<int> Parallel(string what, int most, int usual) =>
        NumberOption.Within("--parallel", ["-p"], $"{what} at the same time, 1 to {most}.", (1, most), usual);

    /// <param name="description">Where what goes.</param>
    /// <param name="form">What stands for it in the help.</param>
    public static Option<string?> Output(string description, string form = "PATH") =>
        new("--output", "-o") { Description = description, HelpName = form };

    /// <param name="description">What is done again or replaced.</param>
    public static Option<bool> Force(string description) => Flag("--force", description);

    /// <param name="description">What is printed.</param>
    public static Option<bool> Json(string description) => Flag("--json", description);

    public static Option<bool> Quiet() => Flag("--quiet", "No progress.", "-q");

    /// <summary>A wish without a value, so that a word behind it stays what it is.</summary>
    public static Option<bool> Flag(string name, string description, params string[] letters) =>
        new(name, letters) { Description = description, Arity = ArgumentArity.Zero };

    public static Option<string?> Text(string name, string description, params string[] letters) =>
        new(name, letters) { Description = description, HelpName = "TEXT" };

    private static Option<T> Model<T>(string description)
    {
        var option = new Option<T>("--model", "-m") { Description = description, HelpName = "MODEL" };
        option.CompletionSources.Add(_ => ModelCatalog.Default.Models.Select(model => model.Id));
        return option;
    }
}
