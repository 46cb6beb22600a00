using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Keys;
using GroqKit.Simulator.Requests;
using GroqKit.Simulator.Scenarios;
using GroqKit.Simulator.Text;
using GroqKit.Simulator.Wires;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Simulator.Http;

/// <summary>What every path has in common, in order: id and headers, body, record, faults, key, scenario, the endpoint itself, errors, settlement.</summary>
internal sealed class ApiPipeline(
    SimulatorOptions options,
    RequestLog log,
    FaultBoard board,
    ScenarioBoard scenarios,
    FaultDraw draw,
    KeyCheck keys,
    CancellationToken stopping
)
{
    private long _requests;

    public RequestDelegate Serve(IApiEndpoint endpoint, Wire wire) => http => ServeAsync(http, endpoint, wire);

    private async Task ServeAsync(HttpContext http, IApiEndpoint endpoint, Wire wire)
    {
        string id = Identifiers.Request((ulong)Interlocked.Increment(ref _requests));
        var exchange = new Exchange(http, id, wire, options.TimeProvider, draw, stopping);
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
        List<IFaultEffect> faults = [];
        bool isReceived = true;
        try
        {
            faults =
            [
                .. FaultHeader
                    .Read(http.Request.Headers)
                    .Concat(board.Take(model: null))
                    .Select(exchange.Arm)
                    .OfType<IFaultEffect>(),
            ];
            // What a caller sends over a socket is no body; waiting for its end would be waiting for ever.
            if (!http.WebSockets.IsWebSocketRequest)
                isReceived = await ReceiveAsync(exchange, body, faults);
        }
        finally
        {
            StartRecord(exchange, body);
        }

        if (!isReceived)
            return;
        exchange.Body = body.Bytes;
        foreach (IFaultEffect fault in faults)
        {
            if (await fault.BeforeAnswerAsync(exchange))
                return;
        }

        exchange.Key = keys.Check(exchange.Wire.Key(http.Request));
        ScenarioStep? step = scenarios.Take(http.Request.Path.ToString(), model: null, exchange.Body);
        if (step is null || !await exchange.PlayAsync(step))
            await endpoint.HandleAsync(exchange);
    }

    private ValueTask<bool> ReceiveAsync(Exchange exchange, RequestBody body, List<IFaultEffect> faults)
    {
        Func<UploadMoment, ValueTask<bool>>? interfere = faults.Count == 0 ? null : InterfereAsync;
        return body.ReadAsync(exchange.Http.Request, options.MaxRequestBodyBytes, interfere, exchange.Gone);

        async ValueTask<bool> InterfereAsync(UploadMoment moment)
        {
            foreach (IFaultEffect fault in faults)
            {
                if (await fault.AfterPieceAsync(exchange, moment))
                    return true;
            }

            return false;
        }
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
