using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Services.Settings;

namespace GroqKit.Gateway.Hosting;

/// <summary>The commands that look at the configuration instead of starting the gateway: <c>config check</c>, <c>show</c> and <c>schema</c>.</summary>
internal static class ConfigCommand
{
    private const string Usage =
        "Usage: config check | show | schema [--GROQKIT_CONFIG=groqkit.yaml] [--environment=Production]";

    public static bool IsMeant(string[] args) => args is ["config", ..];

    /// <returns>The exit code: 0, 1 for a configuration that is wrong, 2 for a command that can't be meant.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is not ["config", "check" or "show" or "schema", .. var rest])
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(rest);
        ConfigLoader loader = ConfigLoader.Load(builder.Configuration, builder.Environment);
        if (args[1] == "schema")
        {
            await output.WriteAsync(ConfigSchema.Write(loader.Reader.Reads));
            return 0;
        }
        try
        {
            loader.Reader.ThrowIfFailed();
        }
        catch (SettingsException wrong)
        {
            await errors.WriteLineAsync(StartFailure.Explain(wrong));
            return 1;
        }
        if (args[1] == "show")
            await ShowAsync(loader, output);
        else
            await output.WriteLineAsync($"The configuration for {builder.Environment.EnvironmentName} is valid.");
        return 0;
    }

    private static async Task ShowAsync(ConfigLoader loader, TextWriter output)
    {
        foreach (EffectiveSetting setting in new EffectiveSettings(loader).List())
            await output.WriteLineAsync($"{setting.Path} = {setting.Value}  # {setting.Source}");
    }
}
