using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Keys;
using GroqKit.Simulator.Requests;
using GroqKit.Simulator.Text;
using GroqKit.Simulator.Wires;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Simulator.Http;

/// <summary>What every path has in common, in order: id and headers, body, record, faults, key, the endpoint itself, errors, settlement.</summary>
internal sealed class ApiPipeline(
    SimulatorOptions options,
    RequestLog log,
    FaultBoard board,
    KeyCheck keys,
    CancellationToken stopping
)
{
    private long _requests;

    public RequestDelegate Serve(IApiEndpoint endpoint, Wire wire) => http => ServeAsync(http, endpoint, wire);

    private async Task ServeAsync(HttpContext http, IApiEndpoint endpoint, Wire wire)
    {
        string id = Identifiers.Request((ulong)Interlocked.Increment(ref _requests));
        var exchange = new Exchange(http, id, wire, options.TimeProvider, stopping);
        wire.WriteHeaders(http.Response.Headers, id);
        using var body = new RequestBody();
        try
        {
            try
            {
                await AnswerAsync(exchange, endpoint, body);
            }
            catch (ApiException exception)
            {
                await exchange.SendErrorAsync(exception.Error);
            }
        }
        catch (Exception exception)
            when (exchange.Gone.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The caller left; the record says so and there is nobody to tell.
        }
        finally
        {
            Settle(exchange);
        }
    }

    private async Task AnswerAsync(Exchange exchange, IApiEndpoint endpoint, RequestBody body)
    {
        HttpContext http = exchange.Http;
        try
        {
            await body.ReadAsync(http.Request, options.MaxRequestBodyBytes, exchange.Gone);
        }
        finally
        {
            StartRecord(exchange, body);
        }

        exchange.Body = body.Bytes;
        foreach (ArmedFault fault in FaultHeader.Read(http.Request.Headers))
        {
            if (await exchange.ApplyAsync(fault))
                return;
        }

        foreach (ArmedFault fault in board.Take(model: null))
        {
            if (await exchange.ApplyAsync(fault))
                return;
        }

        exchange.Key = keys.Check(exchange.Wire.Key(http.Request));
        await endpoint.HandleAsync(exchange);
    }

    private void StartRecord(Exchange exchange, RequestBody body)
    {
        if (!log.IsOn)
            return;
        HttpRequest request = exchange.Http.Request;
        string path = exchange.Http.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target
            ? target
            : request.Path.ToString();
        long now = options.TimeProvider.GetTimestamp();
        var record = new RecordedRequest(log, exchange.Id, request, path, body.Bytes.ToArray(), now);
        exchange.Record = record;
        log.Add(record);
        // The moment the caller leaves is what callers want to know, not the moment the handler notices.
        exchange.Gone.UnsafeRegister(
            static state =>
            {
                var (record, time) = ((RecordedRequest, TimeProvider))state!;
                record.End(RequestOutcome.ClientGone, time.GetTimestamp());
            },
            (record, options.TimeProvider)
        );
    }

    private void Settle(Exchange exchange) =>
        exchange.Record?.End(
            exchange.Gone.IsCancellationRequested ? RequestOutcome.ClientGone : exchange.Outcome,
            options.TimeProvider.GetTimestamp()
        );
}
