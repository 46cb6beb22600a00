using GroqKit.Gateway.Infrastructure.Configuration;

namespace GroqKit.Gateway.Tests.Infrastructure.Configuration;

[Requirement("GW-13")]
public sealed class ConfigFileTests : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Fact]
    public void Yaml_and_json_say_the_same()
    {
        ConfigFile yaml = Read(
            "a.yaml",
            """
            # a comment
            database: Data Source=x.db
            admin_key: "0123456789abcdef"
            deadlines:
              first_output: 5s
            egress:
              allowed_hosts: [models.lan:8000, 10.0.0.7:11434]
            providers:
              groq:
                api_key: gsk_1
                enabled: true
                rate_limit_rpm: 30
            """
        );
        ConfigFile json = Read(
            "a.json",
            """
            {
              // a comment
              "database": "Data Source=x.db", "adminKey": "0123456789abcdef",
              "Deadlines": {"FirstOutput": "5s"},
              "egress": {"allowedHosts": ["models.lan:8000", "10.0.0.7:11434"]},
              "providers": {"groq": {"api_key": "gsk_1", "enabled": true, "rate_limit_rpm": 30}},
            }
            """
        );

        yaml.Errors.ShouldBeEmpty();
        json.Errors.ShouldBeEmpty();
        yaml.Values.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .Select(pair => $"{pair.Key.ToLowerInvariant()}={pair.Value}")
            .ShouldBe(
                json.Values.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
                    .Select(pair => $"{pair.Key.ToLowerInvariant()}={pair.Value}")
            );
        yaml.Values["GROQKIT_DATABASE"].ShouldBe("Data Source=x.db");
        yaml.Values["GroqKit:Deadlines:FirstOutput"].ShouldBe("5s");
        yaml.Values["GroqKit:Egress:AllowedHosts"].ShouldBe("models.lan:8000,10.0.0.7:11434");
        yaml.Values["providers:groq:api_key"].ShouldBe("gsk_1");
        yaml.Origins["GroqKit:Deadlines:FirstOutput"].ShouldBe("deadlines.first_output in a.yaml");
    }

    [Fact]
    public void The_file_of_the_environment_is_laid_over_the_other()
    {
        Write("a.Production.yaml", "deadlines: {idle: 9s}");
        Write("a.Staging.yaml", "deadlines: {idle: 1s}");

        ConfigFile file = Read("a.yaml", "deadlines: {idle: 5s, headers: 6s}");

        file.Values["GroqKit:Deadlines:Idle"].ShouldBe("9s");
        file.Values["GroqKit:Deadlines:Headers"].ShouldBe("6s");
        file.Files.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("${KEY}", "value")]
    [InlineData("a-${KEY}-${KEY}", "a-value-value")]
    [InlineData("${NONE:-other}", "other")]
    [InlineData("${EMPTY:-other}", "other")]
    [InlineData("${NONE:-}", "")]
    [InlineData("${EMPTY}", "")]
    [InlineData("${KEY:-other}", "value")]
    [InlineData("$${KEY}", "${KEY}")]
    [InlineData("100$", "100$")]
    [InlineData("${NONE:-https://a:1/b}", "https://a:1/b")]
    public void Variables_are_put_in(string text, string expected) =>
        Substitution.Apply(text, Variable).ShouldBe(expected);

    [Theory]
    [InlineData("${NONE}")]
    [InlineData("${KEY")]
    [InlineData("${1KEY}")]
    [InlineData("${}")]
    public void A_variable_that_is_not_there_is_an_error(string text) =>
        Should.Throw<FormatException>(() => Substitution.Apply(text, Variable));

    [Theory]
    [InlineData("a.yaml", "a: 1\na: 2")]
    [InlineData("a.yaml", "a: [1")]
    [InlineData("a.yaml", "- 1")]
    [InlineData("a.yaml", "a: &x 1\nb: *x")]
    [InlineData("a.yaml", "a: 1\n---\nb: 2")]
    [InlineData("a.yaml", "just a text")]
    [InlineData("a.json", """{"a":1,"a":2}""")]
    [InlineData("a.json", """{"a":""")]
    [InlineData("a.json", "[]")]
    [InlineData("a.ini", "a=1")]
    public void A_file_that_cannot_be_read_is_one_error(string name, string text) =>
        Read(name, text).Errors.ShouldHaveSingleItem().ShouldStartWith("GROQKIT_CONFIG: ");

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet")]
    [InlineData("deadlines:")]
    public void A_file_that_says_nothing_is_none(string text) => Read("a.yaml", text).Errors.ShouldBeEmpty();

    public void Dispose() => _folder.Dispose();

    private ConfigFile Read(string name, string text) => ConfigFile.Read(Write(name, text), "Production", Variable);

    private string Write(string name, string text)
    {
        string path = _folder.At(name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string? Variable(string name) =>
        name switch
        {
            "KEY" => "value",
            "EMPTY" => "",
            _ => null,
        };
}
