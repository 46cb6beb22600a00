using GroqKit.Gateway.Infrastructure.Secrets;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Tests.Infrastructure;

[Requirement("GW-04")]
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
}
