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

        ring.Find("one").ShouldBeNull();
        ring.Replace([one]);
        ring.Add(two);
        ring.Find("one").ShouldBe(one);
        ring.Find("two").ShouldBe(two);
        ring.Replace([two]);
        ring.Find("one").ShouldBeNull();
        ring.Find("").ShouldBeNull();
        ring.Find(new string('x', KeyRing.MaxKeyLength + 1)).ShouldBeNull();
        ring.Count.ShouldBe(1);
    }

    [Fact]
    public void A_check_allocates_nothing()
    {
        var ring = new KeyRing();
        ring.Replace([Key("some-key")]);
        ring.Find("some-key");
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1000; i++)
            ring.Find("some-key");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

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
