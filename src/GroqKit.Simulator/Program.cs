using GroqKit.Simulator.Hosting;

return await SimulatorProgram.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
