using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>One message of a caller who has text spoken over a socket.</summary>
internal sealed record SpeechInput(string Text, bool Flushes, double? Speed, int[]? Schedule)
{
    private const int FewestCharacters = 50;
    private const int MostCharacters = 500;

    /// <exception cref="ApiException">The message is not JSON, or has what it must not have.</exception>
    public static SpeechInput Read(byte[] message)
    {
        Field root = JsonBody.Parse(message, out JsonDocument document);
        using (document)
        {
            string text = root.Require("text").Text();
            bool flushes = false;
            double? speed = null;
            int[]? schedule = null;
            foreach (Field field in root.Properties())
            {
                if (field.IsNull)
                    continue;
                switch (field.Name)
                {
                    case "text" or "xi-api-key" or "xi_api_key" or "authorization":
                    case "pronunciation_dictionary_locators":
                        break;
                    case "flush" or "try_trigger_generation":
                        flushes |= field.Bool();
                        break;
                    case "voice_settings":
                        speed = SpeechOptions.ReadSettings(field);
                        break;
                    case "generation_config":
                        schedule = ReadSchedule(field);
                        break;
                    default:
                        throw field.Unsupported();
                }
            }

            return new SpeechInput(text, flushes, speed, schedule);
        }
    }

    private static int[]? ReadSchedule(Field config)
    {
        int[]? schedule = null;
        foreach (Field field in config.Properties())
        {
            if (field.Name is not "chunk_length_schedule")
                throw field.Unsupported();
            schedule = [.. field.Items(1, 16).Select(item => item.Integer(FewestCharacters, MostCharacters))];
        }

        return schedule;
    }
}
