using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation.Audio;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>
/// The form of a transcription as one provider takes it. Groq is always asked for <c>verbose_json</c>, which costs nothing more: it tells
/// the length that is billed, and every other form can be made of it.
/// </summary>
/// <param name="route">Whom it goes to.</param>
/// <param name="late">Finds the model where its field stands behind the file; null where it is known.</param>
/// <param name="clean">What is done with a field's value before it leaves; null where nothing is.</param>
internal sealed class HearingFit(ModelRoute route, Func<string, ModelRoute>? late, Func<string, string, string>? clean)
    : IUploadFit
{
    private static readonly string[] GroqLacks =
    [
        "chunking_strategy",
        "include[]",
        "keywords[]",
        "known_speaker_names[]",
        "known_speaker_references[]",
        "languages[]",
        "stream",
        "user",
    ];

    private static readonly string[] ElevenLabsLacks = [.. GroqLacks, "prompt"];

    private readonly List<string> _dropped = [];

    public string FileField => "file";

    public ModelRoute Route { get; private set; } = route;

    /// <summary>The form that the caller wants.</summary>
    public string Format { get; private set; } = TranscriptFormats.Json;

    /// <summary>Whether the caller wants words with their times.</summary>
    public bool WithWords { get; private set; }

    /// <summary>Whether the caller wants events.</summary>
    public bool Stream { get; private set; }

    /// <summary>What the provider doesn't get.</summary>
    public IReadOnlyList<string> Dropped => _dropped;

    public MaskedLines? Lines() => null;

    public Task KeepAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IEnumerable<UploadField> Fit(IReadOnlyList<UploadField> fields)
    {
        var fitting = new List<UploadField>();
        foreach (UploadField field in fields)
        {
            HearingRequest.CheckField(field);
            Note(field);
            if (field.Name is "model" or "response_format")
                continue;
            if (Lacking.Contains(field.Name))
                Drop(field.Name);
            else if (Of(field) is { } theirs)
                fitting.Add(clean is null ? theirs : theirs with { Value = clean(theirs.Value, field.Name) });
        }
        return fitting;
    }

    public IEnumerable<UploadField> Close(IReadOnlyList<UploadField> all)
    {
        if (late is not null)
            Route = late(
                all.FirstOrDefault(field => field.Name == "model").Value ?? throw RequestErrors.Missing("model")
            );
        foreach (UploadField missing in DefaultsFor(all))
            yield return missing;
        if (Kind == ProviderKind.ElevenLabs)
        {
            yield return new UploadField("model_id", Route.Model);
            yield break;
        }
        yield return new UploadField("model", Route.Model);
        if (Kind == ProviderKind.Groq)
            yield return new UploadField("response_format", TranscriptFormats.VerboseJson);
        else if (all.Any(field => field.Name == "response_format"))
            yield return new UploadField("response_format", Format);
    }

    private ProviderKind Kind => Route.Provider.Kind;

    private string[] Lacking =>
        Kind switch
        {
            ProviderKind.Groq => GroqLacks,
            ProviderKind.ElevenLabs => ElevenLabsLacks,
            _ => [],
        };

    private void Note(UploadField field)
    {
        if (field.Name == "response_format")
            Format = field.Value;
        WithWords |= field is { Name: "timestamp_granularities[]", Value: "word" };
        Stream |= field is { Name: "stream", Value: "true" };
    }

    private void Drop(string name)
    {
        // A stream is made of the whole answer; nothing is missing.
        if (name != "stream" && !_dropped.Contains(name))
            _dropped.Add(name);
    }

    private UploadField? Of(UploadField field) =>
        (Kind, field.Name) switch
        {
            (ProviderKind.ElevenLabs, "language") => field with { Name = "language_code" },
            (ProviderKind.ElevenLabs, "url") => field with { Name = "source_url" },
            (ProviderKind.ElevenLabs, "timestamp_granularities[]") => null,
            _ => field,
        };

    private IEnumerable<UploadField> DefaultsFor(IReadOnlyList<UploadField> all)
    {
        foreach ((string name, string json) in Route.Defaults?.Values ?? [])
        {
            if (
                name is "model" or "response_format"
                || all.Any(field => field.Name == name || field.Name == name + "[]")
            )
                continue;
            using JsonDocument value = JsonDocument.Parse(json);
            bool isList = value.RootElement.ValueKind == JsonValueKind.Array;
            IEnumerable<JsonElement> values = isList ? value.RootElement.EnumerateArray() : [value.RootElement];
            foreach (JsonElement one in values.ToArray())
            {
                var field = new UploadField(
                    isList ? name + "[]" : name,
                    one.ValueKind == JsonValueKind.String ? one.GetString()! : one.GetRawText()
                );
                if (!Lacking.Contains(field.Name) && Of(field) is { } theirs)
                    yield return theirs;
            }
        }
    }
}
