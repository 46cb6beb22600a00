using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Tests.Services.Webhooks;

[Requirement("GW-10")]
public sealed class WebhookSignatureTests
{
    // The published example of Standard Webhooks.
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();
    private static readonly WebhookSecret Secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(Timestamp);

    [Fact]
    public void The_published_example_is_signed_and_verified()
    {
        WebhookSignature.Create([Secret], Id, Timestamp, Body).ShouldBe(Signature);
        Check(Signature).ShouldBe(SignatureVerdict.Valid);
    }

    [Fact]
    public void One_flipped_bit_anywhere_in_the_body_or_the_signature_fails()
    {
        for (int bit = 0; bit < Body.Length * 8; bit++)
        {
            byte[] flipped = [.. Body];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Check(Signature, body: flipped).ShouldBe(SignatureVerdict.Wrong);
        }
        for (int bit = 0; bit < Signature.Length * 7; bit++)
        {
            char[] flipped = Signature.ToCharArray();
            flipped[bit / 7] ^= (char)(1 << (bit % 7));
            Check(new string(flipped)).ShouldNotBe(SignatureVerdict.Valid);
        }
    }

    [Fact]
    public void One_flipped_bit_in_the_secret_fails()
    {
        byte[] key = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        for (int bit = 0; bit < key.Length * 8; bit++)
        {
            byte[] flipped = [.. key];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var secret = WebhookSecret.Parse("whsec_" + Convert.ToBase64String(flipped));
            WebhookSignature.Create([secret], Id, Timestamp, Body).ShouldNotBe(Signature);
        }
    }

    [Fact]
    public void One_flipped_bit_in_the_id_or_the_time_fails()
    {
        for (int bit = 0; bit < Id.Length * 7; bit++)
        {
            char[] flipped = Id.ToCharArray();
            flipped[bit / 7] ^= (char)(1 << (bit % 7));
            Check(Signature, id: new string(flipped)).ShouldNotBe(SignatureVerdict.Valid);
        }
        Check(Signature, timestamp: "1614265331").ShouldBe(SignatureVerdict.Wrong);
        Check(Signature, timestamp: "01614265330").ShouldBe(SignatureVerdict.Wrong);
    }

    [Theory]
    [InlineData(300, SignatureVerdict.Valid)]
    [InlineData(301, SignatureVerdict.TooOld)]
    [InlineData(-300, SignatureVerdict.Valid)]
    [InlineData(-301, SignatureVerdict.FromTheFuture)]
    public void A_message_counts_for_five_minutes_both_ways(int secondsLater, object verdict) =>
        Check(Signature, now: Then.AddSeconds(secondsLater)).ShouldBe((SignatureVerdict)verdict);

    [Theory]
    [InlineData(null, "1", "v1,x")]
    [InlineData("id", null, "v1,x")]
    [InlineData("id", "1", null)]
    [InlineData("", "1", "v1,x")]
    public void Missing_headers_are_told_apart(string? id, string? timestamp, string? signatures) =>
        WebhookSignature
            .Check([Secret], id, timestamp, signatures, Body, Then)
            .ShouldBe(SignatureVerdict.HeadersMissing);

    [Theory]
    [InlineData("a.b", "1614265330")]
    [InlineData("a", "soon")]
    [InlineData("a", "-1")]
    [InlineData("a", "1e9")]
    [InlineData("a", "99999999999999999999")]
    public void An_id_with_a_dot_or_a_time_that_is_no_number_is_malformed(string id, string timestamp) =>
        Check(Signature, id: id, timestamp: timestamp).ShouldBe(SignatureVerdict.Malformed);

    [Fact]
    public void During_a_rotation_either_secret_verifies()
    {
        var next = WebhookSecret.Create();
        string both = WebhookSignature.Create([Secret, next], Id, Timestamp, Body);

        both.Split(' ').Length.ShouldBe(2);
        Check(both, secrets: [Secret]).ShouldBe(SignatureVerdict.Valid);
        Check(both, secrets: [next]).ShouldBe(SignatureVerdict.Valid);
        Check(both, secrets: [WebhookSecret.Create()]).ShouldBe(SignatureVerdict.Wrong);
    }

    [Theory]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=")]
    [InlineData("v1,")]
    [InlineData("v1, ")]
    [InlineData("   ")]
    public void Other_versions_and_other_spellings_do_not_count(string signatures) =>
        Check(signatures).ShouldBe(SignatureVerdict.Wrong);

    [Fact]
    public void A_signature_counts_among_strange_ones() =>
        Check($"v1a,AAAA v1,broken {Signature} v9,x").ShouldBe(SignatureVerdict.Valid);

    [Fact]
    public void What_is_signed_verifies_whatever_the_body()
    {
        Prop.ForAll<byte[], uint>(
                (body, time) =>
                {
                    var secret = WebhookSecret.Create();
                    string signature = WebhookSignature.Create([secret], "msg", time, body);
                    DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(time);
                    return WebhookSignature.Check([secret], "msg", $"{time}", signature, body, now)
                        == SignatureVerdict.Valid;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64!")]
    public void A_malformed_secret_is_refused_without_being_repeated(string text)
    {
        FormatException failure = Should.Throw<FormatException>(() => WebhookSecret.Parse(text));

        failure.Message.ShouldNotContain("MfKQ9r8G");
        failure.Message.ShouldNotContain("c2hvcnQ");
    }

    [Fact]
    public void A_secret_of_more_than_64_bytes_is_refused() =>
        Should.Throw<FormatException>(() => WebhookSecret.Parse("whsec_" + Convert.ToBase64String(new byte[65])));

    [Fact]
    public void A_secret_does_not_show_itself()
    {
        Secret.ToString().ShouldBe("whsec_***");
        Encoding.UTF8.GetByteCount(WebhookSecret.Create().Reveal()).ShouldBe(6 + 44);
        WebhookSecret.Parse(Secret.Reveal()).Reveal().ShouldBe(Secret.Reveal());
    }

    private static SignatureVerdict Check(
        string signatures,
        string id = Id,
        string timestamp = "1614265330",
        byte[]? body = null,
        DateTimeOffset? now = null,
        WebhookSecret[]? secrets = null
    ) => WebhookSignature.Check(secrets ?? [Secret], id, timestamp, signatures, body ?? Body, now ?? Then);
}
