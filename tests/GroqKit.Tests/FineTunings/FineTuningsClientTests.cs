using GroqKit.FineTunings;

namespace GroqKit.Tests.FineTunings;

[Requirement("CL-17")]
public sealed class FineTuningsClientTests
{
    [Fact]
    public async Task One_and_many_are_read_and_one_is_deleted()
    {
        const string Data = """
            {"id":"ft_1","name":"mine","base_model":"b","type":"lora","input_file_id":"file_1","created_at":1.5,"fine_tuned_model":"ft:b:o/mine-1"}
            """;
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, $$$"""{"id":"ft_1","object":"object","data":{{{Data}}}}""");
        server.Next(200, $$"""{"object":"list","data":[{{Data}}]}""");
        server.Next(200, """{"id":"ft_1","object":"fine_tuning","deleted":true}""");
        using GroqClient client = Clients.For(server);

        FineTuning one = await client.FineTunings.GetAsync("ft_1");
        FineTuningList all = await client.FineTunings.ListAsync();
        Deletion gone = await client.FineTunings.DeleteAsync("ft_1");

        one.Data!.Model.ShouldBe("ft:b:o/mine-1");
        one.Data.CreatedAt.ShouldBe(1.5);
        all.Data.ShouldHaveSingleItem().Name.ShouldBe("mine");
        gone.Deleted.ShouldBeTrue();
        gone.Metadata.Attempts.ShouldBe(1);
    }
}
