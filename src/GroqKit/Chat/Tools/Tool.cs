using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>
/// A function that a model may have run: what it is called, what it takes, and the code behind it. Immutable, and as safe for several threads as that
/// code: calls of one turn run at the same time.
/// </summary>
/// <remarks>
/// Values that may be left out also take null, and a null for them means that they were left out: models tend to write every
/// parameter, and Groq would refuse the call.
/// </remarks>
public sealed partial class Tool
{
    private readonly Func<JsonElement, CancellationToken, Task<string>> _run;

    private Tool(
        string name,
        string? description,
        JsonElement parameters,
        Func<JsonElement, CancellationToken, Task<string>> run
    )
    {
        if (!ChatRequestRules.IsName(name))
            throw ChatRequestRules.Invalid("name", "must be 1 to 64 of letters, digits, _ and -.");
        if (parameters.ValueKind != JsonValueKind.Object)
            throw ChatRequestRules.Invalid("parameters", "must be a JSON Schema object.");
        Definition = ChatTool.ForFunction(name, description, parameters);
        _run = run;
    }

    /// <summary>What the model calls it.</summary>
    public string Name => Definition.Function!.Name;

    /// <summary>What it does, for the model.</summary>
    public string? Description => Definition.Function!.Description;

    /// <summary>A JSON Schema of what it takes.</summary>
    public JsonElement Parameters => Definition.Function!.Parameters!.Value;

    /// <summary>The tool as a request offers it.</summary>
    public ChatTool Definition { get; }

    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">JSON text as the model wrote it. Nothing, and null, stand for no arguments.</param>
    /// <param name="cancellationToken">Passed on to the code.</param>
    /// <returns>What to tell the model: a text as it is, anything else as JSON.</returns>
    /// <exception cref="ToolArgumentsException">The arguments do not fit. Anything else that is thrown comes from the tool's code.</exception>
    public Task<string> InvokeAsync(string? arguments, CancellationToken cancellationToken = default) =>
        _run(ToolArguments.Read(arguments, Parameters), cancellationToken);

    /// <summary>Names the tool.</summary>
    public override string ToString() => $"{nameof(Tool)}({Name})";
}
