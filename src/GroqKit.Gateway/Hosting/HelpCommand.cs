namespace GroqKit.Gateway.Hosting;

/// <summary>What the program can be told, for whoever asks it: <c>--help</c>.</summary>
internal static class HelpCommand
{
    private const string Text = """
        GroqKit Gateway: one OpenAI-compatible address in front of your models.

        Usage:
          [--urls http://127.0.0.1:8080] [--environment Development] [--SETTING=VALUE …]    serve
          config check | show | schema [--environment=Production]                          what is set, and what is wrong with it
          database move --from CONNECTION --to CONNECTION                                  copy everything into another database
          health [http://127.0.0.1:8080]                                                   exit code 0 when a gateway is ready there

        In Development it answers without a provider's key, by a built-in simulator. Settings from the environment:
          GROQ_API_KEY, OPENAI_API_KEY        keys of providers
          GROQKIT_ADMIN_KEY                   lets you in; without it the first start prints a key
          GROQKIT_DATABASE                    PostgreSQL; else SQLite in data/ below the working directory
          GROQKIT_REDIS, GROQKIT_MASTER_KEY   for many nodes
          GROQKIT_CONFIG                      a file with all of it
        "config show" lists every setting with its value and where it is from.

        """;

    public static bool IsMeant(string[] args) => args.Any(arg => arg is "--help" or "-h" or "-?") || args is ["help"];

    /// <returns>The exit code, 0.</returns>
    public static async Task<int> RunAsync(TextWriter output)
    {
        await output.WriteAsync(Text);
        return 0;
    }
}
