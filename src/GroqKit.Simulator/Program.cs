using GroqKit.Simulator.Hosting;

return await SimulatorProgram.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);

/// <summary>Nobody's to use; the framework would make it public.</summary>
internal sealed partial class Program;
