using GroqKit.Cli.Hosting;

using Terminal terminal = Terminal.System();
return await CommandLine.RunAsync(args, terminal);
