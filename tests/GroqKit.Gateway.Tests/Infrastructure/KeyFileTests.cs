using GroqKit.Gateway.Infrastructure.Keys;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Tests.Infrastructure;

[Requirement("GW-14")]
public sealed class KeyFileTests : IDisposable
{
    private readonly TempDirectory _folder = new();

    private string Path => System.IO.Path.Combine(_folder.FullPath, "data", "keys.json");

    [Fact]
    public async Task Keys_survive_and_the_file_is_its_owners_only()
    {
        var ring = new KeyRing();
        using var file = new KeyFile(Path);
        var issuer = new KeyIssuer(file, ring, TimeProvider.System);
        await issuer.LoadAsync(null, TestContext.Current.CancellationToken);

        string? first = await issuer.CreateFirstAsync("dev", TestContext.Current.CancellationToken);
        string? second = await issuer.CreateFirstAsync("dev", TestContext.Current.CancellationToken);

        first.ShouldNotBeNull();
        second.ShouldBeNull();
        (await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken)).ShouldNotContain(first);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var again = new KeyRing();
        using var reopened = new KeyFile(Path);
        await new KeyIssuer(reopened, again, TimeProvider.System).LoadAsync(
            null,
            TestContext.Current.CancellationToken
        );
        CallerKey found = again.Find("Bearer " + first, first).ShouldNotBeNull();
        found.Role.ShouldBe(CallerRole.Admin);
        found.LastFour.ShouldBe(first[^4..]);
    }

    [Fact]
    public async Task The_operators_own_key_is_valid_and_not_stored()
    {
        var ring = new KeyRing();
        using var file = new KeyFile(Path);
        var issuer = new KeyIssuer(file, ring, TimeProvider.System);

        await issuer.LoadAsync("the-operators-own-key", TestContext.Current.CancellationToken);

        ring.Find("Bearer the-operators-own-key", "the-operators-own-key").ShouldNotBeNull();
        (await issuer.CreateFirstAsync("dev", TestContext.Current.CancellationToken)).ShouldBeNull();
        File.Exists(Path).ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_added_at_the_same_time_are_all_kept()
    {
        using var file = new KeyFile(Path);
        await Parallel.ForAsync(
            0,
            20,
            TestContext.Current.CancellationToken,
            async (i, token) =>
                await file.AddAsync(
                    new CallerKey($"key_{i}", "k", CallerRole.Caller, new byte[32], "1234", default),
                    token
                )
        );

        (await file.LoadAsync(TestContext.Current.CancellationToken)).Count.ShouldBe(20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"version":2,"keys":[]}""")]
    [InlineData("""{"version":1}""")]
    [InlineData(
        """{"version":1,"keys":[{"id":"k","name":"n","role":"king","sha256":"","lastFour":"","createdAt":"2026-01-01T00:00:00Z"}]}"""
    )]
    [InlineData(
        """{"version":1,"keys":[{"id":"k","name":"n","role":"admin","sha256":"xx","lastFour":"","createdAt":"2026-01-01T00:00:00Z"}]}"""
    )]
    public async Task A_damaged_file_is_named_and_left_alone(string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await File.WriteAllTextAsync(Path, content, TestContext.Current.CancellationToken);
        using var file = new KeyFile(Path);

        var error = await Should.ThrowAsync<KeyStoreException>(() =>
            file.LoadAsync(TestContext.Current.CancellationToken)
        );

        error.Message.ShouldContain(Path);
        (await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken)).ShouldBe(content);
    }

    public void Dispose() => _folder.Dispose();
}
