using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Redis;
using GroqKit.Gateway.Infrastructure.Sync;
using GroqKit.Gateway.Infrastructure.Telemetry;
using GroqKit.Gateway.Services.Cache;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Egress;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Origins;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Realtime;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Voice;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Everything the gateway reads from its configuration, checked as a whole before anything starts. Immutable.</summary>
internal sealed record GatewaySettings
{
    private const string Section = "GroqKit";
    private const string ConnectPath = Section + ":Deadlines:Connect";
    private const string HeadersPath = Section + ":Deadlines:Headers";
    private const string IdlePath = Section + ":Deadlines:Idle";
    private const string RequestHeadersPath = Section + ":Deadlines:RequestHeaders";
    private const string FirstOutputPath = Section + ":Deadlines:FirstOutput";
    private const string WholeAnswerPath = Section + ":Deadlines:WholeAnswer";
    private const string GapPath = Section + ":Deadlines:Gap";
    private const string HeartbeatPath = Section + ":Deadlines:Heartbeat";
    private const string HoldPath = Section + ":Streams:HoldTokens";
    private const string RetryWaitPath = Section + ":Retries:LongestWait";
    private const string ProbePath = Section + ":Health:ProbeAfter";
    private const string JsonPath = Section + ":Limits:JsonBytes";
    private const string ImagesPath = Section + ":Limits:JsonWithImagesBytes";
    private const string AudioPath = Section + ":Limits:AudioMegabytes";
    private const string FilePath = Section + ":Limits:FileMegabytes";
    private const string HeldPath = Section + ":Limits:HeldUploadBytes";
    private const string ConnectionsPath = Section + ":Limits:Connections";
    private const string UpgradedPath = Section + ":Limits:UpgradedConnections";
    private const string KeptTurnsPath = Section + ":Limits:KeptTurns";
    private const string KeptTurnsOfKeyPath = Section + ":Limits:KeptTurnsPerKey";
    private const string ReaderPath = Section + ":Limits:SlowestReader";
    private const string GracePath = Section + ":Shutdown:Grace";
    private const string AnnouncePath = Section + ":Shutdown:Announce";
    private const string DataPath = Section + ":DataDirectory";
    private const string JournalPath = Section + ":Usage:JournalMegabytes";

    private const string SyncPath = Section + ":Sync:Enabled";
    private const string UsageDaysPath = Section + ":Retention:UsageDays";
    private const string EventDaysPath = Section + ":Retention:EventDays";
    private const string JobDaysPath = Section + ":Retention:JobDays";

    // Limits per month are reckoned from accounts.
    private const int MinUsageDays = 35;
    private const int MaxDays = 36_500;
    private const string CachePath = Section + ":Cache:Enabled";
    private const string CacheMegabytesPath = Section + ":Cache:Megabytes";
    private const string AnswerLifetimePath = Section + ":Cache:AnswerLifetime";
    private const string PrivacyPath = Section + ":Privacy:Default";
    private const string SanitisePath = Section + ":Privacy:Sanitise";

    private const string MasterKeyFileName = "master.key";
    public const string AllowedHostsPath = Section + ":Egress:AllowedHosts";
    private const string OriginsPath = Section + ":Realtime:AllowedOrigins";
    private const string AdminKeyPath = "GROQKIT_ADMIN_KEY";
    private const int MinAdminKeyLength = 16;

    private const int Megabyte = 1_000_000;
    private const int Mebibyte = 1024 * 1024;

    // The segment being written, the one after it, and one being shipped.
    private const int MinJournalMegabytes = 16;

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The provider to call; null means the embedded simulator.</summary>
    public required Provider? Provider { get; init; }

    /// <summary>Other providers that the environment sets.</summary>
    public required IReadOnlyList<Provider> MoreProviders { get; init; }

    /// <summary>Names that stand for models, for all tenants.</summary>
    public required IReadOnlyList<ModelAlias> Aliases { get; init; }

    public required Deadlines Deadlines { get; init; }

    /// <summary>A provider that asks for a longer wait is not asked again within a call.</summary>
    public required TimeSpan LongestRetryWait { get; init; }

    /// <summary>How soon is looked whether a provider that calls pass over works again.</summary>
    public required TimeSpan ProbeAfter { get; init; }

    public required BodyLimits BodyLimits { get; init; }

    /// <summary>Connections from callers at the same time.</summary>
    public required int Connections { get; init; }

    /// <summary>Of these, WebSocket connections.</summary>
    public required int UpgradedConnections { get; init; }

    /// <summary>How many spoken turns are kept for callers who may come back to them.</summary>
    public required KeptTurnLimits KeptTurns { get; init; }

    /// <summary>
    /// Bytes a second that a caller has to take of an answer while there are any for it: what waits for it is held in memory, and its provider
    /// with it. Default 2,000, of which the slowest connection of a telephone is capable.
    /// </summary>
    public required int SlowestReader { get; init; }

    /// <summary>How long running answers may go on after the signal to stop.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>How long <c>/health/ready</c> says no before connections are refused, so that load balancers notice first.</summary>
    public required TimeSpan Announce { get; init; }

    /// <summary>Absolute path of the folder for the gateway's own files.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The database; by default the file <c>groqkit.db</c> in <see cref="DataDirectory"/>.</summary>
    public required DatabaseAddress Database { get; init; }

    /// <summary>What nodes share beside the database; null where there is only the database.</summary>
    public required RedisAddress? Redis { get; init; }

    /// <summary>Room for accounts that the database hasn't taken yet; when it is used up, calls are refused.</summary>
    public required long JournalBytes { get; init; }

    /// <summary>Protects stored secrets: 32 bytes; null where the operator has set none.</summary>
    public required byte[]? MasterKey { get; init; }

    /// <summary>The master key before, while secrets are moved from it to the new one.</summary>
    public required byte[]? PreviousMasterKey { get; init; }

    /// <summary>Where the gateway may keep a master key that it makes itself; null where nodes have to share one.</summary>
    public required string? MasterKeyFile { get; init; }

    /// <summary>Which addresses named by users may be called.</summary>
    public required EgressRules Egress { get; init; }

    /// <summary>Which sites' pages may open a session of the Realtime protocol.</summary>
    public required AllowedOrigins RealtimeOrigins { get; init; }

    /// <summary>How long such sessions wait.</summary>
    public required RealtimeTimes RealtimeTimes { get; init; }

    /// <summary>What providers charge: the built-in prices, and the operator's where there are any.</summary>
    public required PriceList Prices { get; init; }

    /// <summary>How much is cached, and for how long.</summary>
    public required CacheOptions Cache { get; init; }

    /// <summary>What happens to the words of calls.</summary>
    public required PrivacyOptions Privacy { get; init; }

    /// <summary>What is exported by OTLP.</summary>
    public required TelemetrySettings Telemetry { get; init; }

    /// <summary>The operator's own admin key, which is never printed or stored.</summary>
    public required string? AdminKey { get; init; }

    /// <summary>The short name that generated keys carry.</summary>
    public required string KeyEnvironment { get; init; }

    /// <summary>Whether this node takes part in background tasks.</summary>
    public required bool Sync { get; init; }

    /// <summary>How long things are kept.</summary>
    public required RetentionOptions Retention { get; init; }

    /// <exception cref="SettingsException">Anything is wrong; lists all of it.</exception>
    public static GatewaySettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var reader = new SettingsReader(configuration, ConfigFile.None);
        GatewaySettings settings = Read(reader, environment);
        reader.ThrowIfFailed();
        return settings;
    }

    /// <summary>The same; what is wrong is noted with the reader, and the rest is as good as it can be.</summary>
    public static GatewaySettings Read(SettingsReader reader, IHostEnvironment environment)
    {
        string[] known =
        [
            ConnectPath,
            HeadersPath,
            IdlePath,
            RequestHeadersPath,
            FirstOutputPath,
            WholeAnswerPath,
            GapPath,
            HeartbeatPath,
            HoldPath,
            RetryWaitPath,
            ProbePath,
            JsonPath,
            ImagesPath,
            AudioPath,
            FilePath,
            HeldPath,
            ConnectionsPath,
            UpgradedPath,
            KeptTurnsPath,
            KeptTurnsOfKeyPath,
            ReaderPath,
            GracePath,
            AnnouncePath,
            DataPath,
            JournalPath,
            SyncPath,
            UsageDaysPath,
            EventDaysPath,
            JobDaysPath,
            AllowedHostsPath,
            OriginsPath,
            .. RealtimeTimesSettings.Paths,
            PriceSettings.Path,
            AliasSettings.OpenAiNamesPath,
            CachePath,
            CacheMegabytesPath,
            AnswerLifetimePath,
            PrivacyPath,
            SanitisePath,
        ];
        reader.RefuseUnknown(Section, known);
        string data = Path.GetFullPath(reader.Text(DataPath) ?? "data", environment.ContentRootPath);
        DatabaseAddress database = StoreSettings.ReadDatabase(reader, data, environment.ContentRootPath);
        bool oneNode = database.Dialect == Dialect.Sqlite || environment.IsDevelopment();
        IReadOnlyList<Provider> file = ProviderSettings.Read(reader);
        Provider? groq = GroqSettings.Read(reader, environment, file);
        Provider[] more = [.. OpenAiSettings.Read(reader) is { } openAi ? [openAi] : (Provider[])[], .. file];
        // What the environment sets goes before what the file does.
        more = [.. more.Where(provider => provider.Name != groq?.Name).DistinctBy(provider => provider.Name)];
        int json = reader.Count(JsonPath, 4 * Megabyte, 1_000, 1_000 * Megabyte);
        return new GatewaySettings
        {
            Provider = groq,
            MoreProviders = more,
            Aliases = AliasSettings.Read(reader),
            Deadlines = new Deadlines(
                reader.Duration(ConnectPath, TimeSpan.FromSeconds(10), Millisecond, Hour),
                reader.Duration(HeadersPath, TimeSpan.FromSeconds(120), Millisecond, Hour),
                reader.Duration(IdlePath, TimeSpan.FromSeconds(60), Millisecond, Hour)
            )
            {
                RequestHeaders = reader.Duration(RequestHeadersPath, TimeSpan.FromSeconds(10), Millisecond, Hour),
                FirstOutput = reader.Duration(FirstOutputPath, Deadlines.Usual.FirstOutputTimeout, Millisecond, Hour),
                WholeAnswer = reader.Duration(WholeAnswerPath, Deadlines.Usual.WholeAnswerTimeout, Millisecond, Hour),
                Gap = reader.Duration(GapPath, Deadlines.Usual.GapTimeout, Millisecond, Hour),
                Heartbeat = reader.Duration(HeartbeatPath, TimeSpan.FromSeconds(10), Millisecond, Hour),
                HoldTokens = reader.Count(HoldPath, 64, 1, 1_000),
            },
            LongestRetryWait = reader.Duration(RetryWaitPath, TimeSpan.FromSeconds(5), TimeSpan.Zero, Hour),
            ProbeAfter = reader.Duration(ProbePath, TimeSpan.FromSeconds(5), Millisecond, Hour),
            BodyLimits = new BodyLimits(
                json,
                reader.Count(ImagesPath, Math.Max(json, 33 * Megabyte), json, 1_000 * Megabyte)
            )
            {
                Audio = reader.Count(AudioPath, 2_000, 1, 1_000_000) * (long)Megabyte,
                File = reader.Count(FilePath, 512, 1, 1_000_000) * (long)Megabyte,
                HeldUpload = reader.Count(HeldPath, 4 * Megabyte, 1024, 64 * Megabyte),
            },
            Connections = reader.Count(ConnectionsPath, 10_000, 1, 1_000_000),
            UpgradedConnections = reader.Count(UpgradedPath, 2_000, 0, 1_000_000),
            KeptTurns = new KeptTurnLimits(
                reader.Count(KeptTurnsOfKeyPath, 32, 1, 100_000),
                reader.Count(KeptTurnsPath, 256, 1, 100_000)
            ),
            SlowestReader = reader.Count(ReaderPath, 2_000, 1, 1_000_000_000),
            Grace = reader.Duration(GracePath, TimeSpan.FromSeconds(30), TimeSpan.Zero, Hour),
            Announce = reader.Duration(AnnouncePath, TimeSpan.FromSeconds(1), TimeSpan.Zero, Hour),
            Sync = reader.Flag(SyncPath, fallback: true),
            Retention = new RetentionOptions(
                TimeSpan.FromDays(reader.Count(UsageDaysPath, 400, MinUsageDays, MaxDays)),
                TimeSpan.FromDays(reader.Count(EventDaysPath, 30, 4, MaxDays)),
                TimeSpan.FromDays(reader.Count(JobDaysPath, 7, 1, MaxDays))
            ),
            DataDirectory = data,
            Database = database,
            Redis = StoreSettings.ReadRedis(reader),
            MasterKey = MasterKeySettings.Read(reader),
            PreviousMasterKey = MasterKeySettings.ReadPrevious(reader),
            MasterKeyFile = oneNode ? Path.Combine(data, MasterKeyFileName) : null,
            Egress = new EgressRules(
                [
                    .. AllowedHosts.Read(reader, AllowedHostsPath),
                    .. HostsOf([.. more, .. groq is null ? [] : (Provider[])[groq]]),
                ],
                environment.IsDevelopment()
            ),
            RealtimeOrigins = OriginSettings.Read(reader, OriginsPath),
            RealtimeTimes = RealtimeTimesSettings.Read(reader),
            JournalBytes = reader.Count(JournalPath, 1024, MinJournalMegabytes, 1_000_000) * (long)Mebibyte,
            Prices = PriceSettings.Read(reader, environment.ContentRootPath),
            Cache = new CacheOptions
            {
                Enabled = reader.Flag(CachePath, fallback: true),
                MemoryBytes = reader.Count(CacheMegabytesPath, 64, 1, 100_000) * (long)Megabyte,
                AnswerLifetime = reader.Duration(
                    AnswerLifetimePath,
                    TimeSpan.FromHours(1),
                    TimeSpan.FromSeconds(1),
                    CacheOptions.MaxLifetime
                ),
            },
            Privacy = ReadPrivacy(reader),
            Telemetry = OtlpSettings.Read(reader),
            AdminKey = reader.Secret(AdminKeyPath, MinAdminKeyLength, KeyRing.MaxKeyLength),
            KeyEnvironment = ShortName(environment),
        };
    }

    private static PrivacyOptions ReadPrivacy(SettingsReader reader)
    {
        string mode = reader.Text(PrivacyPath) ?? PrivacyModes.Off;
        if (!PrivacyModes.OfGateway.Contains(mode))
        {
            reader.Fail(PrivacyPath, $"must be one of {string.Join(", ", PrivacyModes.OfGateway)}");
            mode = PrivacyModes.Refuse;
        }
        return new PrivacyOptions(mode, reader.Flag(SanitisePath, fallback: true));
    }

    // What the environment itself names is the operator's word.
    private static IEnumerable<string> HostsOf(IEnumerable<Provider> providers) =>
        providers.Select(provider => $"{EgressRules.HostOf(provider.BaseAddress)}:{provider.BaseAddress.Port}");

    private static string ShortName(IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
            return "dev";
        if (environment.IsProduction())
            return "live";
        string letters = string.Concat(environment.EnvironmentName.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return letters.Length == 0 ? "other" : letters[..Math.Min(letters.Length, 12)];
    }
}
