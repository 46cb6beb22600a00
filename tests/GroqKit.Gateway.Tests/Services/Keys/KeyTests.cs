using System.Security.Cryptography;
using System.Text;
using GroqKit.Gateway.Services.Keys;

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
    public void The_ring_knows_exactly_the_keys_it_was_given_last()
    {
        var ring = new KeyRing();
        CallerKey one = Key("one");
        CallerKey two = Key("two");

        Find(ring, "one").ShouldBeNull();
        ring.Replace([one]);
        ring.Add(two);
        Find(ring, "one").ShouldBe(one);
        Find(ring, "two").ShouldBe(two);
        ring.Replace([two]);
        Find(ring, "one").ShouldBeNull();
        Find(ring, "").ShouldBeNull();
        Find(ring, new string('x', KeyRing.MaxKeyLength + 1)).ShouldBeNull();
        ring.Count.ShouldBe(1);
    }

    [Fact]
    public void A_string_found_valid_once_is_refused_once_its_key_is_gone()
    {
        var ring = new KeyRing();
        ring.Replace([Key("one")]);
        string header = "Bearer one";

        ring.Find(header, "one").ShouldNotBeNull();
        ring.Find(header, "one").ShouldNotBeNull();
        ring.Replace([]);

        ring.Find(header, "one").ShouldBeNull();
    }

    [Fact]
    public void A_check_allocates_nothing()
    {
        var ring = new KeyRing();
        ring.Replace([Key("some-key")]);
        ring.Find("Bearer some-key", "some-key");
        ring.Find("Bearer other-key", "other-key");
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1000; i++)
        {
            ring.Find("Bearer some-key", "some-key");
            ring.Find("Bearer other-key", "other-key");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static CallerKey? Find(KeyRing ring, string key) => ring.Find("Bearer " + key, key);

    private static CallerKey Key(string text) =>
        new("key_" + text, text, CallerRole.Caller, SHA256.HashData(Encoding.UTF8.GetBytes(text)), text[^3..], default);

    private static string Base62(uint value)
    {
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        string text = "";
        for (int i = 0; i < 6; i++, value /= 62)
            text = Digits[(int)(value % 62)] + text;
        return text;
    }
}
