using GroqKit.Gateway.Hosting;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Simulation;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;

// The settings are read once. Watching their files would mean to be woken by every file written beside them.
const string NoReload = "--hostBuilder:reloadConfigOnChange=false";

try
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([.. args, NoReload]);
    builder.AddLogs();
    GatewaySettings settings = GatewaySettings.Read(builder.Configuration, builder.Environment);
    await using EmbeddedSimulator? simulator = await EmbeddedSimulator.StartWhenNeededAsync(
        settings,
        CancellationToken.None
    );
    Provider provider = settings.Provider ?? simulator!.Provider;
    builder.AddGateway(settings, provider);
    await using WebApplication app = builder.Build();
    app.MapGateway();
    await app.Services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
    var keys = app.Services.GetRequiredService<KeyIssuer>();
    await keys.LoadAsync(settings.AdminKey, CancellationToken.None);
    await app.ListenAsync();
    // Only once the gateway listens: a key that is made, stored and then not shown would be lost.
    string? newKey = await keys.CreateFirstAsync(settings.KeyEnvironment, CancellationToken.None);
    StartMessage.Write(
        Console.Out,
        [.. app.Urls],
        provider,
        app.Services.GetRequiredService<IKeyStore>().Location,
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
