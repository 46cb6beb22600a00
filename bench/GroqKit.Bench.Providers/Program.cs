using GroqKit.Bench.Providers;

const string Usage = """
    usage: GroqKit.Bench.Providers [NAME...] [--rounds N]
      calls     what the provider layer adds to a whole call and to a streamed chunk, in memory
      estimate  how far the token estimate is off, on texts of many kinds
      limits    1,000 concurrent calls against a simulator that keeps real limits; about a minute
    Without a name: all of them.
    """;

if (Arguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}
foreach (string name in arguments.Names)
{
    switch (name)
    {
        case "calls":
            await LayerCosts.RunAsync(arguments.Rounds ?? 15);
            break;
        case "estimate":
            EstimateErrors.Print();
            break;
        default:
            await LimitUse.RunAsync();
            break;
    }
    Console.WriteLine();
}
return 0;
