using System.Text.Json;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>What there is to ask without speaking or hearing: models, voices and the account.</summary>
internal sealed class ElevenLabsListsEndpoint(Action<Utf8JsonWriter, Exchange> write) : IApiEndpoint
{
    private const int UsualPage = 10;
    private const int LargestPage = 100;

    public Task HandleAsync(Exchange exchange) => exchange.SendJsonAsync(json => write(json, exchange));

    public static void WriteModels(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (ElevenLabsModel model in ElevenLabsModel.All)
        {
            json.WriteStartObject();
            json.WriteString("model_id"u8, model.Id);
            json.WriteString("name"u8, model.Id.Replace('_', ' '));
            json.WriteBoolean("can_do_text_to_speech"u8, model.Speaks);
            json.WriteBoolean("can_use_style"u8, model.Id is ElevenLabsModel.UsualVoiceModel);
            json.WriteBoolean("can_use_speaker_boost"u8, model.Id is ElevenLabsModel.UsualVoiceModel);
            json.WriteStartArray("languages"u8);
            foreach (string language in model.Languages)
            {
                json.WriteStartObject();
                json.WriteString("language_id"u8, language);
                json.WriteString("name"u8, Audio.Languages.Name(language));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("max_characters_request_free_user"u8, model.Characters);
            json.WriteNumber("max_characters_request_subscribed_user"u8, model.Characters);
            json.WriteNumber("maximum_text_length_per_request"u8, model.Characters);
            json.WriteNumber("token_cost_factor"u8, 1);
            json.WriteStartObject("model_rates"u8);
            json.WriteNumber("character_cost_multiplier"u8, model.Cost);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteVoices(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("voices"u8);
        foreach (ElevenLabsVoice voice in ElevenLabsVoice.All)
            WriteVoice(json, voice);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteVoicePage(Utf8JsonWriter json, Exchange exchange)
    {
        IQueryCollection query = exchange.Http.Request.Query;
        string search = query["search"].ToString();
        ElevenLabsVoice[] found =
        [
            .. ElevenLabsVoice.All.Where(voice => voice.Name.Contains(search, StringComparison.OrdinalIgnoreCase)),
        ];
        int size = int.TryParse(query["page_size"], out int asked) ? Math.Clamp(asked, 1, LargestPage) : UsualPage;
        int from = int.TryParse(query["next_page_token"], out int token) ? Math.Max(0, token) : 0;
        bool hasMore = from + size < found.Length;
        json.WriteStartObject();
        json.WriteStartArray("voices"u8);
        foreach (ElevenLabsVoice voice in found.Skip(from).Take(size))
            WriteVoice(json, voice);
        json.WriteEndArray();
        json.WriteBoolean("has_more"u8, hasMore);
        json.WriteNumber("total_count"u8, found.Length);
        json.WriteString("next_page_token"u8, hasMore ? (from + size).ToString() : null);
        json.WriteEndObject();
    }

    /// <exception cref="Errors.ApiException">There is no such voice.</exception>
    public static void WriteOneVoice(Utf8JsonWriter json, Exchange exchange)
    {
        string id = exchange.RouteText(ElevenLabsSpeechEndpoint.VoiceKey);
        WriteVoice(json, ElevenLabsVoice.Find(id) ?? throw ElevenLabsErrors.VoiceNotFound(id));
    }

    public static void WriteSubscription(Utf8JsonWriter json, Exchange exchange)
    {
        json.WriteStartObject();
        json.WriteString("tier"u8, "creator"u8);
        json.WriteNumber("character_count"u8, 0);
        json.WriteNumber("character_limit"u8, 121_000);
        json.WriteNumber(
            "next_character_count_reset_unix"u8,
            exchange.Time.GetUtcNow().AddDays(30).ToUnixTimeSeconds()
        );
        json.WriteString("status"u8, "active"u8);
        json.WriteEndObject();
    }

    private static void WriteVoice(Utf8JsonWriter json, ElevenLabsVoice voice)
    {
        json.WriteStartObject();
        json.WriteString("voice_id"u8, voice.Id);
        json.WriteString("name"u8, voice.Name);
        json.WriteString("category"u8, voice.Category);
        json.WriteStartObject("labels"u8);
        json.WriteString("gender"u8, voice.Gender);
        json.WriteEndObject();
        json.WriteNull("description"u8);
        json.WriteNull("preview_url"u8);
        json.WriteEndObject();
    }
}
