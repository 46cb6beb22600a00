using System.Text.Json;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Audio;

/// <summary><c>POST audio/speech</c>: a WAV file that sounds as long as its text and whose words the transcription can read back.</summary>
internal sealed class SpeechEndpoint(ModelCatalog models, ModelFaults faults, RateLimiter limiter) : IApiEndpoint
{
    private const int LongestInput = 200;
    private const int UsualRate = 24_000;

    private static readonly int[] Rates = [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            string name = root.Require("model").NonEmptyText();
            exchange.Record?.SetModel(name);
            Field input = root.Require("input");
            input.NonEmptyText();
            Field voice = root.Require("voice");
            (int rate, double speed) = ReadOptions(root);
            if (await faults.ApplyAsync(exchange, name))
                return;
            Model model = models.Resolve(name, "canopylabs/orpheus-v1-english");
            if (model.Kind is not "speech")
                throw root.Require("model").Error($"The model `{name}` does not support audio speech");
            if (input.Text().Length > LongestInput)
                throw input.Must($"have at most {LongestInput} characters, not {input.Text().Length}");
            voice.OneOf(model.Voices.ToArray());
            limiter.Admit(exchange, model, new RateCost(Tokens: TokenRule.Count(input.Text())));
            var wav = new WavFile(rate, Voice.Say(input.Text(), voice.Text(), rate, speed));
            await exchange.SendAsync(StatusCodes.Status200OK, "audio/wav", wav.ToBytes());
        }
    }

    private static (int Rate, double Speed) ReadOptions(Field root)
    {
        int rate = UsualRate;
        double speed = 1;
        foreach (Field field in root.Properties())
        {
            switch (field.Name)
            {
                case "model" or "input" or "voice":
                    break;
                case "response_format":
                    field.OneOf("wav");
                    break;
                case "sample_rate":
                    rate = field.Integer(Rates[0], Rates[^1]);
                    if (!Rates.Contains(rate))
                        throw field.Must($"be one of {string.Join(", ", Rates)}");
                    break;
                case "speed":
                    speed = field.Number(0.5, 5);
                    break;
                default:
                    throw field.Unsupported();
            }
        }

        return (rate, speed);
    }
}
