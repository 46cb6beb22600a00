using GroqKit.Cli;

return await CommandLine.RunAsync(args, Terminal.System());
