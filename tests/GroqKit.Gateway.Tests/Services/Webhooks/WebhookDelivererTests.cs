using System.Globalization;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Webhooks;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Services.Webhooks;

[Requirement("GW-10")]
public sealed class WebhookDelivererTests(TestDatabases databases)
{
    private static readonly CancellationToken None = CancellationToken.None;

    // The published schedule, in seconds.
    private static readonly double[] Published = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400];

    private readonly ManualTimeProvider _time = new();

    [Theory, EveryEngine]
    public async Task A_message_is_sent_by_the_published_schedule_and_then_its_target_is_disabled(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        var receiver = new WebhookReceiver(_ => new SendResult(500, null, null));
        using var node = new Background(database, _time, receiver);
        WebhookSecret secret = await node.AddTargetAsync("a");
        await node.AddTargetAsync("b", "t", EventTypes.TargetDisabled);
        await PublishAsync(node, "x");
        var waits = new List<double>();

        for (int attempt = 1; attempt <= DeliverySchedule.Attempts; attempt++)
        {
            await node.Worker.RunOneAsync("w", None);
            receiver.Messages.Count.ShouldBe(attempt);
            Job job = (await node.Jobs.ListAsync(new JobFilter("t", null, WebhookDeliverer.JobKind), null, 10, None))[
                ^1
            ];
            if (job.State != JobStates.Waiting)
                break;
            waits.Add((job.DueAt - _time.GetUtcNow()).TotalSeconds);
            _time.Advance(job.DueAt - _time.GetUtcNow());
        }

        waits.ShouldBe(Published);
        Delivery delivery = (await node.Deliveries.ListAsync("t", "a", null, 10, None)).ShouldHaveSingleItem();
        delivery.State.ShouldBe(DeliveryStates.Failed);
        delivery.Attempts.ShouldBe(DeliverySchedule.Attempts);
        receiver.Messages.Take(10).Select(message => message[WebhookHeaders.Id]).Distinct().Count().ShouldBe(1);
        receiver.Messages.Take(10).Select(message => message[WebhookHeaders.Timestamp]).Distinct().Count().ShouldBe(10);
        foreach (Dictionary<string, string> message in receiver.Messages.Take(10))
            Verify(message, receiver, secret).ShouldBe(SignatureVerdict.Valid);
        (await node.Targets.FindAsync("t", "a", None))!.DisabledReason.ShouldBe("deliveries failed for three days");
        await node.RunAsync();
        JsonNode told = JsonNode.Parse(receiver.BodyOf(receiver.Messages[10][WebhookHeaders.Id]))!;
        ((string?)told["type"]).ShouldBe(EventTypes.TargetDisabled);
        ((string?)told["data"]!["webhook"]).ShouldBe("a");
    }

    [Theory, EveryEngine]
    public async Task A_receiver_that_says_gone_gets_nothing_more(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        var receiver = new WebhookReceiver(_ => new SendResult(410, null, null));
        using var node = new Background(database, _time, receiver);
        await node.AddTargetAsync("a");
        await PublishAsync(node, "x");
        await PublishAsync(node, "y");

        await node.RunAsync();
        await PublishAsync(node, "z");
        await node.RunAsync();

        receiver.Messages.Count.ShouldBe(1);
        (await node.Targets.FindAsync("t", "a", None))!.DisabledReason.ShouldBe("the receiver answered 410 Gone");
        (await node.Deliveries.ListAsync("t", "a", null, 10, None))
            .Select(delivery => delivery.State)
            .ShouldBe([DeliveryStates.Failed, DeliveryStates.Failed]);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(null)]
    public async Task Every_other_answer_is_a_failure_that_is_tried_again(int? status)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(Engine.Sqlite);
        var receiver = new WebhookReceiver(count =>
            count == 1 ? new SendResult(status, "It could not be reached.", null) : new SendResult(204, null, null)
        );
        using var node = new Background(database, _time, receiver);
        await node.AddTargetAsync("a");
        await PublishAsync(node, "x");

        await node.RunAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        await node.RunAsync();

        Delivery delivery = (await node.Deliveries.ListAsync("t", "a", null, 10, None)).ShouldHaveSingleItem();
        delivery.State.ShouldBe(DeliveryStates.Delivered);
        IReadOnlyList<DeliveryAttempt> log = await node.Deliveries.LogAsync(delivery.Id, None);
        log.Select(attempt => attempt.Status).ShouldBe([status, 204]);
        log[0].Error.ShouldNotBeNull();
        log[1].Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_receiver_that_asks_for_time_gets_it()
    {
        await using IDatabase database = await databases.OpenMigratedAsync(Engine.Sqlite);
        var receiver = new WebhookReceiver(_ => new SendResult(429, null, TimeSpan.FromSeconds(90)));
        using var node = new Background(database, _time, receiver);
        await node.AddTargetAsync("a");
        await PublishAsync(node, "x");

        await node.RunAsync();

        Job job = (await node.Jobs.ListAsync(new JobFilter("t", null, null), null, 10, None)).ShouldHaveSingleItem();
        (job.DueAt - _time.GetUtcNow()).TotalSeconds.ShouldBe(90);
    }

    [Theory, EveryEngine]
    public async Task What_happened_is_told_once_and_only_to_those_who_want_to_hear_it(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        var receiver = new WebhookReceiver(_ => new SendResult(200, null, null));
        using var node = new Background(database, _time, receiver);
        await node.AddTargetAsync("all");
        await node.AddTargetAsync("down", "t", EventTypes.ProviderDown);
        await node.AddTargetAsync("up", "t", EventTypes.ProviderUp);
        await node.AddTargetAsync("foreign", "u");

        bool[] told = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PublishAsync(node, "same")));
        await node.RunAsync();

        told.Count(isNew => isNew).ShouldBe(1);
        receiver.Messages.Count.ShouldBe(2);
        (await node.Deliveries.ListAsync("t", "all", null, 10, None)).Count.ShouldBe(1);
        (await node.Deliveries.ListAsync("t", "down", null, 10, None)).Count.ShouldBe(1);
        (await node.Deliveries.ListAsync("u", "foreign", null, 10, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_a_secret_is_exchanged_both_verify_and_afterwards_the_new_one_only()
    {
        await using IDatabase database = await databases.OpenMigratedAsync(Engine.Sqlite);
        var receiver = new WebhookReceiver(_ => new SendResult(200, null, null));
        using var node = new Background(database, _time, receiver);
        WebhookSecret old = await node.AddTargetAsync("a");
        var next = WebhookSecret.Create();
        WebhookTarget target = (await node.Targets.FindAsync("t", "a", None))!;
        string place = WebhookSecrets.PlaceOfTarget("t", "a");
        await node.Targets.ReplaceAsync(
            target with
            {
                Secrets = node.Secrets.Rotate(place, target.Secrets, next, TimeSpan.FromHours(1)),
                Version = target.Version + 1,
            },
            new(_time.GetUtcNow(), "t", "k", "webhooks.rotate", "a", "{}", "r"),
            None
        );

        await PublishAsync(node, "x");
        await node.RunAsync();
        Verify(receiver.Messages[0], receiver, old).ShouldBe(SignatureVerdict.Valid);
        Verify(receiver.Messages[0], receiver, next).ShouldBe(SignatureVerdict.Valid);
        _time.Advance(TimeSpan.FromHours(1));
        await PublishAsync(node, "y");
        await node.RunAsync();

        Verify(receiver.Messages[1], receiver, old).ShouldBe(SignatureVerdict.Wrong);
        Verify(receiver.Messages[1], receiver, next).ShouldBe(SignatureVerdict.Valid);
    }

    private static SignatureVerdict Verify(
        Dictionary<string, string> message,
        WebhookReceiver receiver,
        WebhookSecret secret
    ) =>
        WebhookSignature.Check(
            [secret],
            message[WebhookHeaders.Id],
            message[WebhookHeaders.Timestamp],
            message[WebhookHeaders.Signature],
            receiver.Bodies[message[WebhookHeaders.Id]],
            DateTimeOffset.FromUnixTimeSeconds(
                long.Parse(message[WebhookHeaders.Timestamp], CultureInfo.InvariantCulture)
            )
        );

    private static Task<bool> PublishAsync(Background node, string key) =>
        node.Outbox.PublishAsync(new WebhookEvent("t", EventTypes.ProviderDown, key, """{"provider":"groq"}"""), None);
}
