using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Providers.Tests;

/// <summary>How a simulator is reached as each kind of provider; what it refuses is not asked again.</summary>
internal static class SimulatedProviders
{
    public static ProviderOptions Groq(SimulatorServer server) =>
        new()
        {
            Name = "groq",
            Kind = "groq",
            ApiKey = "test-key",
            BaseUrl = server.BaseAddress.AbsoluteUri,
            MaxRetries = 0,
        };

    public static ProviderOptions OpenAI(SimulatorServer server) =>
        new()
        {
            Name = "openai",
            Kind = "openai",
            ApiKey = "test-key",
            BaseUrl = new Uri(server.BaseAddress, "sim/openai").AbsoluteUri,
            MaxRetries = 0,
            DefaultModels =
            {
                ["llm"] = "gpt-5-mini",
                ["stt"] = "gpt-4o-mini-transcribe",
                ["tts"] = "gpt-4o-mini-tts",
            },
        };

    public static ProviderOptions ElevenLabs(SimulatorServer server, string name = "elevenlabs") =>
        new()
        {
            Name = name,
            Kind = "elevenlabs",
            ApiKey = "test-key",
            BaseUrl = new Uri(server.BaseAddress, "sim/elevenlabs").AbsoluteUri,
            MaxRetries = 0,
            Voices = { ["default"] = "21m00Tcm4TlvDq8ikWAM" },
        };
}
