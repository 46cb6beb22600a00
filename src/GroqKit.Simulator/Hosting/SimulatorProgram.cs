using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GroqKit.Simulator.Hosting;

/// <summary>The simulator as a program, alone or as a command of another one.</summary>
internal static class SimulatorProgram
{
    /// <summary>The options, for people.</summary>
    public static string Usage => CommandLine.Usage;

    /// <summary>Serves until it is told to stop.</summary>
    /// <returns>The exit code: 0, 1 when it could not start, 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        if (arguments is ["--help" or "-h"])
        {
            await output.WriteAsync(Usage);
            return 0;
        }

        CommandLine command;
        try
        {
            command = CommandLine.Parse(arguments);
        }
        catch (FormatException mistake)
        {
            await error.WriteLineAsync(mistake.Message);
            return 2;
        }

        await using WebApplication web = SimulatorApplication.Create(command.Options, command.Url).Web;
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            await error.WriteLineAsync(taken.Message);
            return 1;
        }

        string address = web
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        await output.WriteLineAsync(
            $$"""
            Simulating the Groq API on {{address}}. Answers are made up; nothing leaves this machine. Ctrl-C stops it.
            Faults: {{address}}/sim/faults lists what can go wrong on demand.

            Try it:
              curl -N {{address}}/openai/v1/chat/completions -H "Authorization: Bearer any-key" -H "Content-Type: application/json" \
                -d '{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"Say hello."}]}'
            """
        );
        await output.FlushAsync(cancellationToken);
        await web.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
