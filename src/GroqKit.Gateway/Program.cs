using GroqKit.Gateway.Hosting;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Simulation;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;

// The settings are read once. Watching their files would mean to be woken by every file written beside them.
const string NoReload = "--hostBuilder:reloadConfigOnChange=false";

if (HelpCommand.IsMeant(args))
    return await HelpCommand.RunAsync(Console.Out);
if (DatabaseCommand.IsMeant(args))
    return await DatabaseCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
if (ConfigCommand.IsMeant(args))
    return await ConfigCommand.RunAsync(args, Console.Out, Console.Error);
if (HealthCommand.IsMeant(args))
    return await HealthCommand.RunAsync(args, Console.Out, Console.Error);
try
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([.. args, NoReload]);
    builder.AddLogs();
    ConfigLoader loader = ConfigLoader.LoadValid(builder.Configuration, builder.Environment);
    builder.Services.AddConfigurationFile(loader);
    GatewaySettings settings = loader.Settings;
    await using EmbeddedSimulator? simulator = await EmbeddedSimulator.StartWhenNeededAsync(
        settings,
        CancellationToken.None
    );
    Provider provider = settings.Provider ?? simulator!.Provider;
    builder.AddGateway(settings, provider);
    await using WebApplication app = builder.Build();
    app.MapGateway();
    await app.PrepareAsync(CancellationToken.None);
    await app.ListenAsync();
    // Only once the gateway listens: a key that is made, stored and then not shown would be lost.
    string? newKey = settings.AdminKey is null
        ? await app
            .Services.GetRequiredService<KeyIssuer>()
            .CreateFirstAsync(settings.KeyEnvironment, CancellationToken.None)
        : null;
    StartMessage.Write(
        Console.Out,
        [.. app.Urls],
        provider,
        app.Services.GetRequiredService<IDatabase>().Location,
        settings.AdminKey is not null,
        newKey
    );
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception failure) when (StartFailure.Explain(failure) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return 1;
}
