using System.Runtime.CompilerServices;
using GroqKit.Extensions.AI;
using GroqKit.Providers.Http;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Speech;

/// <summary>Speech to text at a vendor who hears a recording as a whole: a stream's phrases are given when all are there. Safe for all threads.</summary>
/// <param name="vendor">What telemetry calls the vendor.</param>
/// <param name="site">Who is called.</param>
internal abstract class TranscribingClient(string vendor, ProviderCall site) : ISpeechToTextClient
{
    private readonly SpeechToTextClientMetadata _metadata = new(vendor, site.Connection.Address, site.Model);

    protected ProviderCall Site { get; } = site;

    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(audioSpeechStream);
        return (await HearAsync(audioSpeechStream, options, cancellationToken).ConfigureAwait(false)).ToResponse();
    }

    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(audioSpeechStream);
        Transcript heard = await HearAsync(audioSpeechStream, options, cancellationToken).ConfigureAwait(false);
        foreach (SpeechToTextResponseUpdate update in heard.ToUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this, _metadata);

    /// <summary>Does nothing: the connections are the provider's.</summary>
    public void Dispose() { }

    protected abstract Task<Transcript> HearAsync(
        Stream stream,
        SpeechToTextOptions? options,
        CancellationToken cancellationToken
    );
}
