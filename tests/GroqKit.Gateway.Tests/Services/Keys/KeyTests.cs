using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Services.Keys;

[Requirement("GW-14")]
public sealed class KeyTests
{
    [Fact]
    public void A_made_key_names_product_and_environment_and_carries_its_checksum()
    {
        string key = KeyFormat.Create("dev");

        key.ShouldMatch("^gk_dev_[0-9A-Za-z]{34}$");
        KeyFormat.LooksMistyped(key).ShouldBeFalse();
        KeyFormat.Create("dev").ShouldNotBe(key);
    }

    [Fact]
    public void Any_one_wrong_character_is_noticed()
    {
        string key = KeyFormat.Create("live");

        for (int i = 3; i < key.Length; i++)
        {
            char[] wrong = key.ToCharArray();
            wrong[i] = wrong[i] == 'x' ? 'y' : 'x';
            KeyFormat.LooksMistyped(wrong).ShouldBeTrue($"position {i}");
        }
    }

    [Fact]
    public void The_checksum_is_the_crc_of_zip_in_base_62()
    {
        const uint CrcOfTheText = 0x3108A2D9;

        KeyFormat.LooksMistyped("gk_123456789" + Base62(CrcOfTheText)).ShouldBeFalse();
    }

    [Fact]
    public void A_key_that_is_not_ours_is_not_called_mistyped()
    {
        KeyFormat.LooksMistyped("gsk_abcdef").ShouldBeFalse();
        KeyFormat.LooksMistyped("").ShouldBeFalse();
    }

    [Fact]
    public void The_ring_knows_exactly_the_keys_it_was_given()
    {
        CallerKey one = TestKeys.Of("text-one");
        CallerKey two = TestKeys.Of("text-two");
        var ring = new KeyRing([one, two]);

        Find(ring, "text-one").ShouldBe(one);
        Find(ring, "text-two").ShouldBe(two);
        Find(ring, "text-three").ShouldBeNull();
        Find(ring, "").ShouldBeNull();
        Find(ring, new string('x', KeyRing.MaxKeyLength + 1)).ShouldBeNull();
    }

    [Fact]
    public void A_revoked_key_is_in_no_ring()
    {
        var ring = new KeyRing([TestKeys.Of("text") with { RevokedAt = DateTimeOffset.UnixEpoch }]);

        Find(ring, "text").ShouldBeNull();
    }

    [Fact]
    public void Every_text_of_a_key_opens_it_until_the_text_or_the_key_expires()
    {
        var soon = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        CallerKey key = TestKeys.Of("new-text");
        KeySecret old = KeyIssuer.Secret("old-text", DateTimeOffset.UnixEpoch) with { ExpiresAt = soon };
        key = key with { Secrets = [.. key.Secrets, old] };

        new KeyRing([key]).Find("new-text", "new-text")!.ExpiresAt.ShouldBeNull();
        new KeyRing([key]).Find("old-text", "old-text")!.ExpiresAt.ShouldBe(soon);
        var expiring = new KeyRing([key with { ExpiresAt = soon.AddDays(-1) }]);
        expiring.Find("new-text", "new-text")!.ExpiresAt.ShouldBe(soon.AddDays(-1));
        expiring.Find("old-text", "old-text")!.ExpiresAt.ShouldBe(soon.AddDays(-1));
    }

    [Fact]
    public void A_check_allocates_nothing()
    {
        var ring = new KeyRing([TestKeys.Of("some-key")]);

        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                ring.Find("Bearer some-key", "some-key");
                ring.Find("Bearer other-key", "other-key");
            }
        });

        allocated.ShouldBe(0);
    }

    private static CallerKey? Find(KeyRing ring, string key) => ring.Find("Bearer " + key, key)?.Key;

    private static string Base62(uint value)
    {
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        string text = "";
        for (int i = 0; i < 6; i++, value /= 62)
            text = Digits[(int)(value % 62)] + text;
        return text;
    }
}
