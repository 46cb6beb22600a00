using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Batches;
using GroqKit.Simulator.Chat;
using GroqKit.Simulator.ElevenLabs;
using GroqKit.Simulator.Embeddings;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Files;
using GroqKit.Simulator.FineTunings;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Keys;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.OpenAi;
using GroqKit.Simulator.Pacing;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Requests;
using GroqKit.Simulator.Reranking;
using GroqKit.Simulator.Responses;
using GroqKit.Simulator.Scenarios;
using GroqKit.Simulator.Wires;

namespace GroqKit.Simulator.Hosting;

/// <summary>Puts the parts together behind the routes.</summary>
internal sealed class SimulatorApplication
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private SimulatorApplication(WebApplication web, RequestLog log, FaultBoard faults, ScenarioBoard scenarios)
    {
        Web = web;
        Requests = log;
        Faults = faults;
        Scenarios = scenarios;
    }

    public WebApplication Web { get; }

    public RequestLog Requests { get; }

    public FaultBoard Faults { get; }

    public ScenarioBoard Scenarios { get; }

    /// <exception cref="ArgumentException">The options are not valid; the message lists everything.</exception>
    public static SimulatorApplication Create(SimulatorOptions options, params ReadOnlySpan<string> addresses)
    {
        IReadOnlyList<string> errors = options.Validate();
        if (errors.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        // An empty set of options: neither the host program's configuration nor its command line may reach an embedded server.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(addresses.ToArray());
        // A flush is over when the bytes are with the operating system: what a cut lets through must not depend on luck.
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = 1);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            // A fault that stalls is the point of a simulator; a slow reader is the caller's test.
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Grace);
        WebApplication web = builder.Build();
        var log = new RequestLog(options.RecordedRequests);
        var faults = new FaultBoard();
        var scenarios = new ScenarioBoard(options.Scenarios);
        Map(web, options, log, faults, scenarios);
        return new SimulatorApplication(web, log, faults, scenarios);
    }

    private static void Map(
        WebApplication web,
        SimulatorOptions options,
        RequestLog log,
        FaultBoard faults,
        ScenarioBoard scenarios
    )
    {
        var keys = new KeyCheck(options.AcceptedKeys);
        var draw = new FaultDraw(options.FaultSeed);
        CancellationToken stopping = web.Lifetime.ApplicationStopping;
        var pipeline = new ApiPipeline(options, log, faults, scenarios, draw, keys, stopping);
        var models = new ModelCatalog(options.EnterpriseModels, options.RetiredModels);
        var limiter = new RateLimiter(options.RateLimits, options.CustomLimits, options.TimeProvider);
        var modelFaults = new ModelFaults(faults, scenarios);
        var files = new FileStore(options.TimeProvider);
        var tunings = new FineTuningStore();
        var answers = new ChatAnswers(options, models);
        var speed = new Speed(options.FirstToken, options.TokensPerSecond);
        var batches = new BatchStore(options.TimeProvider);
        var runner = new BatchRunner(
            batches,
            files,
            new BatchWork(models, answers, scenarios, draw),
            options.BatchLineTime,
            options.TimeProvider,
            stopping
        );
        var allBatches = new BatchesEndpoint(batches, runner, files, options.TimeProvider);
        var batch = new BatchEndpoint(batches);
        string batchPath = $"/batches/{{{BatchEndpoint.IdKey}}}";
        string modelPath = $"/models/{{**{ModelEndpoint.IdKey}}}";
        string filePath = $"/files/{{{FileEndpoint.IdKey}}}";
        string tuningPath = $"/fine_tunings/{{{FineTuningEndpoint.IdKey}}}";
        var model = new ModelEndpoint(models, tunings);
        var file = new FileEndpoint(files, content: false);
        var allTunings = new FineTuningsEndpoint(tunings, files, options.TimeProvider);
        var tuning = new FineTuningEndpoint(tunings);
        ApiRoute[] routes =
        [
            new("POST", "/chat/completions", new ChatEndpoint(answers, modelFaults, limiter, speed)),
            new(
                "POST",
                "/audio/transcriptions",
                new TranscriptionEndpoint(models, modelFaults, limiter, translates: false)
            ),
            new(
                "POST",
                "/audio/translations",
                new TranscriptionEndpoint(models, modelFaults, limiter, translates: true)
            ),
            new("POST", "/responses", new ResponsesEndpoint(answers, modelFaults, limiter, speed)),
            new("POST", "/audio/speech", new SpeechEndpoint(models, modelFaults, limiter)),
            new("POST", "/embeddings", new EmbeddingsEndpoint(models, modelFaults, limiter)),
            new("POST", "/reranking", new RerankingEndpoint(models, modelFaults, limiter)),
            new("GET", "/models", new ModelListEndpoint(models)),
            new("GET", modelPath, model),
            new("DELETE", modelPath, model),
            new("POST", "/files", new FileUploadEndpoint(files)),
            new("GET", "/files", new FileListEndpoint(files)),
            new("GET", filePath, file),
            new("DELETE", filePath, file),
            new("GET", $"{filePath}/content", new FileEndpoint(files, content: true)),
            new("POST", "/batches", allBatches),
            new("GET", "/batches", allBatches),
            new("GET", batchPath, batch),
            new("POST", $"{batchPath}/cancel", batch),
            new("POST", "/fine_tunings", allTunings),
            new("GET", "/fine_tunings", allTunings),
            new("GET", tuningPath, tuning),
            new("DELETE", tuningPath, tuning),
        ];
        web.UseWebSockets();
        web.UseRouting();
        var groq = new GroqWire();
        foreach (string prefix in (ReadOnlySpan<string>)["/openai/v1", "/v1"])
            Map(web, prefix, routes, pipeline, groq);
        var openAi = new OpenAiWire();
        IReadOnlyList<ApiRoute> openAiRoutes = OpenAiRoutes.Create(options, modelFaults, speed);
        foreach (string prefix in OpenAiRoutes.Prefixes)
            Map(web, prefix, openAiRoutes, pipeline, openAi);
        var elevenLabs = new ElevenLabsWire();
        Map(web, ElevenLabsRoutes.Root, ElevenLabsRoutes.Create(modelFaults), pipeline, elevenLabs);
        web.MapFallback($"{ElevenLabsRoutes.Root}/{{**path}}", pipeline.Serve(new UnknownUrlEndpoint(), elevenLabs));
        web.MapFallback($"{OpenAiRoutes.Root}/{{**path}}", pipeline.Serve(new UnknownUrlEndpoint(), openAi));
        web.MapMethods(
            "/sim/faults",
            ["GET", "POST", "DELETE"],
            new FaultsEndpoint(faults, options.MaxRequestBodyBytes).HandleAsync
        );
        web.MapMethods(
            "/sim/scenarios",
            ["GET", "POST", "DELETE"],
            new ScenariosEndpoint(scenarios, options.MaxRequestBodyBytes).HandleAsync
        );
        web.MapFallback("{**path}", pipeline.Serve(new UnknownUrlEndpoint(), groq));
    }

    private static void Map(
        WebApplication web,
        string prefix,
        IEnumerable<ApiRoute> routes,
        ApiPipeline pipeline,
        Wire wire
    )
    {
        foreach (IGrouping<string, ApiRoute> path in routes.GroupBy(route => prefix + route.Path))
        {
            foreach (ApiRoute route in path)
                web.MapMethods(path.Key, [route.Method], pipeline.Serve(route.Endpoint, wire));
            string allowed = string.Join(", ", path.Select(route => route.Method));
            web.Map(path.Key, pipeline.Serve(new WrongMethodEndpoint(allowed), wire));
        }
    }
}
