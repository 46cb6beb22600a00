using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Api.Admin;
using GroqKit.Gateway.Api.OpenAi.Audio;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Screening;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.Agents;

/// <summary>Reads what an agent is to be, against what its tenant has.</summary>
internal static class AgentInput
{
    private const int MaxDescription = 1000;
    private const int MaxCacheSeconds = 24 * 60 * 60;
    private const int MaxKeepDays = 365;
    private const int MaxFallback = 8;
    private const int MaxConfigBytes = 16 * 1024;

    // What the request itself says.
    private static readonly string[] Reserved = ["model", "messages", "stream", "file", "url", "input"];

    private static readonly string[] GuardModels =
    [
        "meta-llama/llama-prompt-guard-2-86m",
        "meta-llama/llama-prompt-guard-2-22m",
        "openai/gpt-oss-safeguard-20b",
    ];

    /// <summary>Sets what the body names and leaves the rest.</summary>
    public static Agent Apply(JsonInput body, Agent agent, TenantView view) =>
        agent with
        {
            Description = body.Has("description") ? body.Text("description", MaxDescription) ?? "" : agent.Description,
            OnBreak = body.Has("onBreak") ? body.Choice("onBreak", BreakModes.All) ?? BreakModes.Fail : agent.OnBreak,
            Limits = body.Has("limits") ? ReadLimits(body) : agent.Limits,
            CacheSeconds = body.Has("cacheSeconds")
                ? body.Whole("cacheSeconds", 0, MaxCacheSeconds) ?? 0
                : agent.CacheSeconds,
            Privacy = body.Has("privacy") ? ReadPrivacy(body) : agent.Privacy,
            Screening = body.Has("screening") ? ReadScreening(body) : agent.Screening,
            Llm = Apply(body, "llm", ServiceKind.Llm, agent.Llm, view),
            Stt = Apply(body, "stt", ServiceKind.Stt, agent.Stt, view),
            Tts = Apply(body, "tts", ServiceKind.Tts, agent.Tts, view),
        };

    /// <summary>Who serves one service.</summary>
    public static ServiceSettings ReadService(JsonInput body, ServiceKind service, TenantView view)
    {
        body.Only("provider", "model", "config", "fallback");
        ModelChoice first = ReadChoice(body, service, view);
        string config = ReadConfig(body, service);
        var chain = new List<ChainLink>();
        foreach (JsonInput item in body.Objects("fallback", MaxFallback))
        {
            ModelChoice next = ReadChoice(item.Only("provider", "model", "config"), service, view);
            if (next == first || chain.Exists(link => link.Choice == next))
                throw RequestErrors.WrongValue(item.PathOf("model"), "is in the chain already");
            chain.Add(new ChainLink(next, ReadConfig(item, service)));
        }
        return new ServiceSettings(first, config, [.. chain]);
    }

    private static AgentPrivacy ReadPrivacy(JsonInput body)
    {
        if (body.Object("privacy") is not { } privacy)
            return AgentPrivacy.None;
        privacy.Only("data", "maskAnswers", "keepDays");
        return AgentPrivacy.None with
        {
            Data = privacy.Choice("data", PrivacyModes.OfAgent),
            MaskAnswers = privacy.Truth("maskAnswers") ?? false,
            KeepDays = privacy.Whole("keepDays", 0, MaxKeepDays) ?? 0,
        };
    }

    private static AgentScreening? ReadScreening(JsonInput body)
    {
        if (body.Object("screening") is not { } screening)
            return null;
        screening.Only("model", "action", "threshold");
        string model = screening.RequiredText("model", ModelName.MaxLength);
        if (!GuardModels.Contains(model))
            throw RequestErrors.WrongValue(
                screening.PathOf("model"),
                $"must be one of {string.Join(", ", GuardModels)}"
            );
        return new AgentScreening(
            model,
            screening.Choice("action", ScreeningActions.All) ?? ScreeningActions.Flag,
            screening.Number("threshold", 0, 1) ?? AgentScreening.DefaultThreshold
        );
    }

    private static ServiceSettings? Apply(
        JsonInput body,
        string name,
        ServiceKind service,
        ServiceSettings? before,
        TenantView view
    )
    {
        if (!body.Has(name))
            return before;
        return body.Object(name) is { } settings ? ReadService(settings, service, view) : null;
    }

    /// <summary>A model of one of the tenant's providers.</summary>
    /// <param name="body">An object with provider and model.</param>
    /// <param name="service">What it is for; null for whatever it is asked.</param>
    /// <param name="view">What the tenant has.</param>
    public static ModelChoice ReadChoice(JsonInput body, ServiceKind? service, TenantView view)
    {
        string name = body.RequiredText("provider", 64);
        string model = body.RequiredText("model", ModelName.MaxLength);
        if (!view.Providers.TryGetValue(name, out Provider? provider))
            throw RequestErrors.WrongValue(body.PathOf("provider"), $"names no provider: there is no '{name}'");
        if (service == ServiceKind.Llm && !ProviderKinds.ServesChat(provider.Kind))
            throw RequestErrors.WrongValue(body.PathOf("provider"), $"names '{name}', which serves no chat");
        if (!ModelName.IsWellFormed(model))
            throw RequestErrors.WrongValue(
                body.PathOf("model"),
                "is not a model name: up to 256 letters, digits and -_./:@+~"
            );
        return new ModelChoice(name, model);
    }

    private static string ReadConfig(JsonInput body, ServiceKind service)
    {
        if (body.Object("config") is not { } config)
            return ServiceSettings.NoConfig;
        string raw = config.WithoutDuplicates().Raw();
        if (Encoding.UTF8.GetByteCount(raw) > MaxConfigBytes)
            throw RequestErrors.WrongValue(body.PathOf("config"), $"is larger than {MaxConfigBytes} bytes");
        foreach (string name in Reserved)
        {
            if (config.Has(name))
                throw RequestErrors.WrongValue(config.PathOf(name), "is for the request to say");
        }
        if (service == ServiceKind.Llm)
            Check(config, raw, "\"messages\":[{\"role\":\"user\",\"content\":\"c\"}]", CheckChat);
        else if (service == ServiceKind.Tts)
            Check(config, raw, "\"input\":\"i\"", CheckSpeech);
        return raw;
    }

    private static void CheckChat(byte[] request) => ChatRequestReader.Read(request);

    private static void CheckSpeech(byte[] request)
    {
        if (SpeakingRequest.VoiceOf(JsonRequest.Read(request, SpeakingRequest.Fields)) is "")
            throw RequestErrors.WrongValue(AgentDefaults.VoiceName, "is empty");
    }

    // The same rules as for a request that has these members.
    private static void Check(JsonInput config, string raw, string content, Action<byte[]> read)
    {
        string members = raw.Trim()[1..^1].Trim();
        string separator = members.Length == 0 ? "" : ",";
        string request = $$"""{"model":"m",{{content}}{{separator}}{{members}}}""";
        try
        {
            read(Encoding.UTF8.GetBytes(request));
        }
        catch (GatewayException wrong) when (wrong.Error.Param is { } param)
        {
            string path = config.PathOf(param);
            throw new GatewayException(
                wrong.Error with
                {
                    Param = path,
                    Message = wrong.Error.Message.Replace($"'{param}'", $"'{path}'", StringComparison.Ordinal),
                },
                wrong.Outcome
            );
        }
    }

    private static LimitPolicy ReadLimits(JsonInput body)
    {
        try
        {
            return body.TryGet("limits", out JsonElement value)
                ? LimitPolicyJson.Read(value, "limits")
                : LimitPolicy.Unlimited;
        }
        catch (LimitPolicyException wrong)
        {
            throw RequestErrors.WrongValue(wrong.Field, wrong.Reason);
        }
    }
}
