using GroqKit.Catalog;
using GroqKit.Http;
using GroqKit.Json;

namespace GroqKit.Models;

/// <summary>The models that the key may call. Safe for all threads.</summary>
public sealed class ModelsClient
{
    private const string Path = "openai/v1/models";

    private readonly GroqHttp _http;
    private readonly Uri _list;

    internal ModelsClient(GroqHttp http)
    {
        _http = http;
        _list = http.Resolve(Path);
    }

    /// <summary>Lists the models.</summary>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<ModelList> ListAsync(CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _http.SendAsync(HttpMethod.Get, _list, null, GroqJson.Context.ModelList, options, cancellationToken);

    /// <summary>Lists the models and brings a catalogue up to date with them: new models, windows, limits and prices.</summary>
    /// <param name="catalog">The catalogue to begin with; it stays as it is. Default: <see cref="ModelCatalog.Default"/>.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new catalogue and what is different in it.</returns>
    /// <exception cref="GroqException">The call failed.</exception>
    public async Task<CatalogRefresh> RefreshCatalogAsync(
        ModelCatalog? catalog = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ModelList list = await ListAsync(options, cancellationToken).ConfigureAwait(false);
        var today = DateOnly.FromDateTime(_http.Time.GetUtcNow().UtcDateTime);
        return (catalog ?? ModelCatalog.Default).Refresh(list.Data.Select(ModelListing.From), today);
    }

    /// <summary>Gets one model.</summary>
    /// <param name="model">Its id, for example <c>openai/gpt-oss-120b</c>.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqModelException">The model does not exist, or the key may not call it.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<ModelInfo> GetAsync(
        string model,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ModelName.Check(model, nameof(model));
        Uri uri = _http.Resolve($"{Path}/{Uri.EscapeDataString(model)}");
        return _http.SendAsync(HttpMethod.Get, uri, null, GroqJson.Context.ModelInfo, options, cancellationToken);
    }

    /// <summary>Deletes a model of your own that was fine-tuned.</summary>
    /// <param name="model">Its id, for example <c>ft:…</c>.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqModelException">The model does not exist, or is not yours.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<Deletion> DeleteAsync(
        string model,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ModelName.Check(model, nameof(model));
        Uri uri = _http.Resolve($"{Path}/{Uri.EscapeDataString(model)}");
        return _http.SendAsync(HttpMethod.Delete, uri, null, GroqJson.Context.Deletion, options, cancellationToken);
    }
}
