namespace GroqKit.Catalog;

/// <summary>What is known about one model. A figure that is not known is null, never zero.</summary>
/// <remarks>
/// Immutable and thread-safe; lists are copied when set. Change a copy with a <c>with</c> expression.
/// </remarks>
public sealed record CatalogModel
{
    /// <summary>
    /// Among <see cref="UnknownCapabilities"/>: nothing is known beyond what <see cref="Capabilities"/> lists.
    /// </summary>
    private static readonly ModelCapability Everything = new("*");

    /// <summary>The id that requests name, for example <c>openai/gpt-oss-120b</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown to people; null when none is known.</summary>
    public string? Name { get; init; }

    /// <summary>Who made the model; null when unknown.</summary>
    public string? Owner { get; init; }

    /// <summary>
    /// How the model is offered as of <see cref="ModelCatalog.Updated"/>; see <see cref="StatusAt"/> for other days.
    /// </summary>
    public ModelStatus Status { get; init; } = ModelStatus.Unlisted;

    /// <summary>
    /// For a model that was withdrawn: how it was offered before <see cref="Shutdown"/>; null when unknown.
    /// </summary>
    public ModelStatus? FormerStatus { get; init; }

    /// <summary>What the model is for.</summary>
    public ModelKind Kind { get; init; } = ModelKind.Unknown;

    /// <summary>When the model was created, as GET /models reports it; null when unknown.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Tokens of prompt and answer together.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Most tokens of one answer.</summary>
    public int? MaxOutput { get; init; }

    /// <summary>Published speed, in tokens of output per second.</summary>
    public int? TokensPerSecond { get; init; }

    /// <summary>Published speed of a transcription model: seconds of audio per second.</summary>
    public int? SpeedFactor { get; init; }

    /// <summary>Prices in the order of the days from which they hold; empty when none is known.</summary>
    public IReadOnlyList<ModelPrice> Prices
    {
        get;
        init => field = [.. value];
    } = [];

    /// <summary>Base limits of the free plan; null when unknown.</summary>
    public ModelLimits? FreeLimits { get; init; }

    /// <summary>Base limits of the developer plan; null when unknown.</summary>
    public ModelLimits? DeveloperLimits { get; init; }

    /// <summary>What the model is known to be capable of; see <see cref="Supports"/>.</summary>
    public IReadOnlyList<ModelCapability> Capabilities
    {
        get;
        init => field = [.. value];
    } = [];

    /// <summary>
    /// Capabilities of which it is not known whether the model has them; <c>*</c> stands for all that are not listed.
    /// </summary>
    public IReadOnlyList<ModelCapability> UnknownCapabilities
    {
        get;
        init => field = [.. value];
    } = [];

    /// <summary>Accepted values of <c>reasoning_effort</c>; null when unknown or not applicable.</summary>
    public IReadOnlyList<string>? ReasoningEfforts
    {
        get;
        init => field = value is null ? null : [.. value];
    }

    /// <summary>What goes in: <c>text</c>, <c>image</c>, <c>audio</c>. Empty when unknown.</summary>
    public IReadOnlyList<string> InputModalities
    {
        get;
        init => field = [.. value];
    } = [];

    /// <summary>What comes out: <c>text</c>, <c>speech</c>, <c>transcription</c>. Empty when unknown.</summary>
    public IReadOnlyList<string> OutputModalities
    {
        get;
        init => field = [.. value];
    } = [];

    /// <summary>Voices of a speech model; empty when it has none or none is known.</summary>
    public IReadOnlyList<string> Voices
    {
        get;
        init => field = [.. value];
    } = [];

    /// <summary>Most images in one request.</summary>
    public int? MaxImages { get; init; }

    /// <summary>Largest request with images by URL, in megabytes.</summary>
    public int? MaxImageMegabytes { get; init; }

    /// <summary>Most characters of text to speak in one request.</summary>
    public int? MaxInputCharacters { get; init; }

    /// <summary>
    /// First day (UTC) on which requests of self-serve accounts fail; null when none is announced or the day is
    /// unknown.
    /// </summary>
    public DateOnly? Shutdown { get; init; }

    /// <summary>Ids of the models that Groq recommends instead, the best first. Empty when there is none.</summary>
    public IReadOnlyList<string> Replacements
    {
        get;
        init => field = [.. value];
    } = [];

    /// <summary>
    /// The first of <see cref="Replacements"/>; null when there is none. It may be retired itself:
    /// see <see cref="ModelCatalog.FinalReplacement"/>.
    /// </summary>
    public string? Replacement => Replacements.Count > 0 ? Replacements[0] : null;

    /// <summary>Whether accounts with an enterprise contract keep the model beyond <see cref="Shutdown"/>.</summary>
    public bool EnterpriseOk { get; init; }

    /// <summary>Members, as the catalogue's data names them, whose figure rests on secondary sources.</summary>
    public IReadOnlyList<string> Unconfirmed
    {
        get;
        init => field = [.. value];
    } = [];

    /// <summary>Remarks for people; null when there are none.</summary>
    public string? Notes { get; init; }

    /// <summary>
    /// Whether the key that last refreshed the catalogue may call the model; null when the catalogue was never
    /// refreshed.
    /// </summary>
    public bool? Listed { get; init; }

    /// <summary>Whether the model has a capability.</summary>
    /// <param name="capability">What to ask for.</param>
    /// <returns>True or false when it is known, null when it is not.</returns>
    public bool? Supports(ModelCapability capability)
    {
        if (Capabilities.Contains(capability))
            return true;
        bool open = UnknownCapabilities.Contains(capability) || UnknownCapabilities.Contains(Everything);
        return open || !capability.IsWellKnown ? null : false;
    }

    /// <summary>The price on a day.</summary>
    /// <param name="date">The day, in UTC.</param>
    /// <returns>The price that holds on that day; null when none is known.</returns>
    public ModelPrice? PriceAt(DateOnly date)
    {
        for (int index = Prices.Count - 1; index >= 0; index--)
            if (Prices[index].From is not { } from || from <= date)
                return Prices[index];
        return null;
    }

    /// <summary>What one request costs at the price of a day.</summary>
    /// <param name="usage">What the request used.</param>
    /// <param name="date">The day of the request, in UTC.</param>
    /// <returns>Dollars, not rounded; null when a price that is needed is not known.</returns>
    /// <exception cref="OverflowException">The product of price and amount exceeds the range of
    /// <see cref="decimal"/>.</exception>
    public decimal? CostOf(in ModelUsage usage, DateOnly date) => PriceAt(date)?.CostOf(usage);

    /// <summary>How the model is offered on a day.</summary>
    /// <param name="date">The day, in UTC. On the day of <see cref="Shutdown"/> the model counts as withdrawn.</param>
    /// <returns>The status; null for a day before the shutdown of a model whose former status is unknown.</returns>
    public ModelStatus? StatusAt(DateOnly date)
    {
        bool withdrawn = Status == ModelStatus.Retired || Status == ModelStatus.Enterprise;
        if (Shutdown is not { } shutdown)
            return Status;
        if (date < shutdown)
            return withdrawn ? FormerStatus : Status;
        if (withdrawn)
            return Status;
        return EnterpriseOk ? ModelStatus.Enterprise : ModelStatus.Retired;
    }

    /// <summary>Whether a request for the model can succeed on a day.</summary>
    /// <param name="date">The day, in UTC.</param>
    /// <returns>
    /// True when the last refresh listed the model, or when it is open to self-serve accounts on that day. An
    /// enterprise model counts as
    /// not available until a refresh with a key of such an account lists it.
    /// </returns>
    public bool IsAvailableAt(DateOnly date)
    {
        if (Listed == true)
            return true;
        ModelStatus? status = StatusAt(date);
        return status is null || (status != ModelStatus.Retired && status != ModelStatus.Enterprise);
    }
}
