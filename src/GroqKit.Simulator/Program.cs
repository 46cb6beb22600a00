using GroqKit.Simulator.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

if (args is ["--help" or "-h"])
{
    Console.Write(CommandLine.Usage);
    return 0;
}

CommandLine command;
try
{
    command = CommandLine.Parse(args);
}
catch (FormatException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}

WebApplication web = SimulatorApplication.Create(command.Options, command.Url).Web;
try
{
    await web.StartAsync();
}
catch (IOException taken)
{
    Console.Error.WriteLine(taken.Message);
    return 1;
}

string address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
Console.WriteLine(
    $$"""
    Simulating the Groq API on {{address}}. Answers are made up; nothing leaves this machine. Ctrl-C stops it.
    Faults: {{address}}/sim/faults lists what can go wrong on demand.

    Try it:
      curl -N {{address}}/openai/v1/chat/completions -H "Authorization: Bearer any-key" -H "Content-Type: application/json" \
        -d '{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"Say hello."}]}'
    """
);
await web.WaitForShutdownAsync();
return 0;

/// <summary>Nobody's to use; the framework would make it public.</summary>
internal sealed partial class Program;
