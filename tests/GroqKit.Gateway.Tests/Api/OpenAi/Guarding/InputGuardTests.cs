using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Api.OpenAi.Guarding;

[Requirement("GW-16", "GW-21")]
public sealed class InputGuardTests
{
    [Fact]
    public void A_call_with_nothing_to_guard_allocates_nothing()
    {
        var guard = new InputGuard(PrivacyOptions.Usual, null!, null!, null!, TimeProvider.System);
        var route = new ModelRoute(
            new Provider("groq", new Uri("https://api.groq.com/openai/v1/"), null, Simulated: false),
            "m",
            Renamed: false
        );
        byte[] body = System.Text.Encoding.UTF8.GetBytes(
            RunningGateway.Hello.Replace("Hello", "Grüße, “world”\\n\\u00e9")
        );
        bool concerned = false;

        long allocated = Allocation.Of(() =>
        {
            for (int call = 0; call < 1000; call++)
                concerned |= guard.Concerns(route, body);
        });

        concerned.ShouldBeFalse();
        allocated.ShouldBe(0);
    }
}
