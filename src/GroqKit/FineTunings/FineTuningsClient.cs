using GroqKit.Errors;
using GroqKit.Http;
using GroqKit.Json;

namespace GroqKit.FineTunings;

/// <summary>Adapters of your own on Groq's models. A closed beta: most keys are refused. Safe for all threads.</summary>
public sealed class FineTuningsClient
{
    // Alone among Groq's endpoints, these do not lie below openai/.
    private const string Path = "v1/fine_tunings";

    private readonly GroqHttp _http;
    private readonly Uri _list;

    internal FineTuningsClient(GroqHttp http)
    {
        _http = http;
        _list = http.Resolve(Path);
    }

    /// <summary>Makes a model of an uploaded adapter.</summary>
    /// <param name="request">The adapter and its base.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<FineTuning> CreateAsync(
        FineTuningRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        FineTuningRequestRules.Check(request);
        byte[] body = RequestJson.Write(request, GroqJson.Context.FineTuningRequest);
        return _http.SendAsync(HttpMethod.Post, _list, body, GroqJson.Context.FineTuning, options, cancellationToken);
    }

    /// <summary>Lists the fine-tuned models.</summary>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<FineTuningList> ListAsync(CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _http.SendAsync(HttpMethod.Get, _list, null, GroqJson.Context.FineTuningList, options, cancellationToken);

    /// <summary>Gets one.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<FineTuning> GetAsync(
        string id,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _http.SendAsync(HttpMethod.Get, One(id), null, GroqJson.Context.FineTuning, options, cancellationToken);

    /// <summary>Deletes one.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqException">The call failed.</exception>
    public Task<Deletion> DeleteAsync(
        string id,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _http.SendAsync(HttpMethod.Delete, One(id), null, GroqJson.Context.Deletion, options, cancellationToken);

    private Uri One(string id)
    {
        Rules.CheckId(nameof(id), id);
        return _http.Resolve($"{Path}/{Uri.EscapeDataString(id)}");
    }
}
