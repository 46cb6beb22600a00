using GroqKit.Gateway.Infrastructure.Database;

namespace GroqKit.Gateway.Tests.Infrastructure.Database;

[Requirement("GW-05")]
public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("Data Source=groqkit.db", "/srv/groqkit.db")]
    [InlineData("data source=/var/lib/g.db", "/var/lib/g.db")]
    [InlineData("Filename=x/g.db;Cache=Private", "/srv/x/g.db")]
    public async Task A_file_is_sqlite(string text, string location)
    {
        DatabaseAddress address = DatabaseAddress.Parse(text, "/srv");

        address.Dialect.ShouldBe(Dialect.Sqlite);
        await using IDatabase database = address.Create();
        database.Location.ShouldBe(location);
    }

    [Theory]
    [InlineData("Host=db.example;Database=g;Username=u;Password=secret", "g on db.example")]
    [InlineData("server=db.example;Username=u;Password=secret", "u on db.example")]
    public async Task A_host_is_postgresql_and_its_password_is_not_shown(string text, string location)
    {
        DatabaseAddress address = DatabaseAddress.Parse(text, "/srv");

        address.Dialect.ShouldBe(Dialect.Postgres);
        address.ToString().ShouldNotContain("secret");
        await using IDatabase database = address.Create();
        database.Location.ShouldBe(location);
    }

    [Theory]
    [InlineData("groqkit.db")]
    [InlineData("Database=g")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=file:g?mode=memory")]
    [InlineData("Data Source=g.db;Mode=Memory")]
    [InlineData("Data Source=g.db;Speed=secret")]
    [InlineData("Host=db;Password=secret;Speed=secret")]
    [InlineData("Host=db;Port=secret")]
    [InlineData("Host=db;Password='secret")]
    public void Anything_else_is_refused_without_repeating_it(string text)
    {
        var error = Should.Throw<FormatException>(() => DatabaseAddress.Parse(text, "/srv"));

        error.Message.ShouldNotContain("secret");
    }
}
