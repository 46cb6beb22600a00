using GroqKit.Gateway.Infrastructure.Secrets;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Tests.Infrastructure;

[Requirement("GW-04", "GW-15")]
public sealed class AesSecretProtectorTests
{
    private static readonly AesSecretProtector Protector = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Fact]
    public void A_secret_comes_back_and_is_never_stored_the_same_way_twice()
    {
        string stored = Protector.Protect("t/providers/p", "sk-secret");

        Protector.Unprotect("t/providers/p", stored).ShouldBe("sk-secret");
        stored.ShouldNotContain("sk-secret");
        Protector.Protect("t/providers/p", "sk-secret").ShouldNotBe(stored);
    }

    [Fact]
    public void At_another_place_or_changed_in_any_character_it_does_not()
    {
        string stored = Protector.Protect("a/providers/p", "sk-secret");

        Should.Throw<SecretException>(() => Protector.Unprotect("b/providers/p", stored));
        for (int i = 0; i < stored.Length; i++)
        {
            char[] changed = stored.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Should.Throw<SecretException>(() => Protector.Unprotect("a/providers/p", new string(changed)), $"{i}");
        }
    }

    [Fact]
    public void Another_master_key_is_named_as_the_cause()
    {
        string stored = Protector.Protect("a", "sk-secret");

        Should
            .Throw<SecretException>(() => new AesSecretProtector(new byte[32]).Unprotect("a", stored))
            .Message.ShouldContain("GROQKIT_MASTER_KEY is not the one");
        Should
            .Throw<SecretException>(() => new AesSecretProtector(null).Unprotect("a", stored))
            .Message.ShouldContain("GROQKIT_MASTER_KEY is not set");
        new AesSecretProtector(null).IsAvailable.ShouldBeFalse();
    }

    [Fact]
    public void During_a_rotation_both_master_keys_read_and_only_the_new_one_writes()
    {
        byte[] previous = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        byte[] next = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];
        string old = Protector.Protect("a", "sk-secret");
        var rotating = new AesSecretProtector(next, previous);

        rotating.Unprotect("a", old).ShouldBe("sk-secret");
        rotating.IsOutdated(old).ShouldBeTrue();
        string moved = rotating.Protect("a", rotating.Unprotect("a", old));
        rotating.IsOutdated(moved).ShouldBeFalse();
        new AesSecretProtector(next).Unprotect("a", moved).ShouldBe("sk-secret");
        Should.Throw<SecretException>(() => Protector.Unprotect("a", moved));
    }

    [Fact]
    public void Secrets_stored_before_there_were_data_keys_are_read_and_count_as_outdated()
    {
        // "sk-secret" straight under the master key 00 01 … 1f, for the place t/providers/p, with a nonce of zeros.
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        byte[] stored = new byte[12 + 9 + 16];
        using (var aes = new System.Security.Cryptography.AesGcm(key, 16))
            aes.Encrypt(
                stored.AsSpan(0, 12),
                "sk-secret"u8,
                stored.AsSpan(12, 9),
                stored.AsSpan(21),
                "t/providers/p"u8.ToArray()
            );
        string id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(key).AsSpan(0, 4));
        string text = $"v1.{id}.{System.Buffers.Text.Base64Url.EncodeToString(stored)}";

        Protector.Unprotect("t/providers/p", text).ShouldBe("sk-secret");
        Protector.IsOutdated(text).ShouldBeTrue();
        Should.Throw<SecretException>(() => Protector.Unprotect("t/providers/q", text));
    }
}
