using System.Text.Json.Nodes;
using GroqKit.Chat;
using GroqKit.TestKit.Contract;

namespace GroqKit.Tests.Chat;

/// <summary>What the client sends, held against the published description of the API.</summary>
[Requirement("CL-11", "CL-10")]
public sealed class ChatContractTests
{
    private const string Path = "/openai/v1/chat/completions";

    // Documented and seen live, but newer than the published description.
    private static readonly string[] NewerTools = ["mcp"];

    public static TheoryData<string, bool> Samples()
    {
        var data = new TheoryData<string, bool>();
        foreach ((string name, _) in ChatRequestSamples.All())
        {
            data.Add(name, false);
            data.Add(name, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_request_that_can_be_sent_is_valid_by_the_contract(string name, bool stream)
    {
        ChatRequest request = ChatRequestSamples.All().Single(sample => sample.Name == name).Request;
        string body = await SendAsync(request, stream);

        GroqContract.ValidateRequest("POST", Path, WithoutNewerTools(body)).ShouldBeEmpty(body);
    }

    [Fact]
    public void The_contract_would_notice_a_field_that_does_not_exist() =>
        GroqContract
            .ValidateRequest(
                "POST",
                Path,
                """{"model":"m","messages":[{"role":"user","content":"x"}],"temprature":1}"""
            )
            .ShouldNotBeEmpty();

    private static async Task<string> SendAsync(ChatRequest request, bool stream)
    {
        string? sent = null;
        using var handler = new ScriptedHandler().Next(
            async (message, cancellationToken) =>
            {
                sent = await message.Content!.ReadAsStringAsync(cancellationToken);
                return new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest);
            }
        );
        using var client = new GroqClient(
            new GroqClientOptions
            {
                ApiKey = "gsk_contract",
                Transport = handler,
                Retry = { MaxRetries = 0 },
            }
        );
        Task call = stream ? client.Chat.StreamAsync(request) : client.Chat.CreateAsync(request);
        await Should.ThrowAsync<GroqValidationException>(call);
        return sent.ShouldNotBeNull();
    }

    private static string WithoutNewerTools(string body)
    {
        JsonNode root = JsonNode.Parse(body)!;
        if (root["tools"] is JsonArray tools)
        {
            foreach (JsonNode? tool in tools.ToArray())
            {
                if (NewerTools.Contains((string?)tool!["type"]))
                    tools.Remove(tool);
            }
        }

        return root.ToJsonString();
    }
}
