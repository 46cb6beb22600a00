using GroqKit.Simulator.Http;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>An error page of the content delivery network in front of the API, which is not JSON.</summary>
internal sealed class HtmlError : IFaultEffect
{
    public static FaultDefinition Definition { get; } =
        new("502", "answers 502 with an HTML page, as the network in front of the API does", [], _ => new HtmlError());

    public async ValueTask<bool> BeforeAnswerAsync(Exchange exchange)
    {
        exchange.Outcome = RequestOutcome.Faulted;
        await exchange.SendAsync(
            StatusCodes.Status502BadGateway,
            "text/html",
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>simulator</center>\r\n</body>\r\n</html>\r\n"u8
        );
        return true;
    }
}
