using System.Text.RegularExpressions;
using GroqKit.EndToEnd.Running;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.EndToEnd.Deployment;

/// <summary>Container file, compose file and Kubernetes manifests name what the gateway has.</summary>
[Requirement("DL-01")]
public sealed partial class ManifestTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    public static TheoryData<string> YamlFiles =>
        [
            .. Repository
                .Files("deploy", "*.y*ml")
                .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')),
        ];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Every_yaml_file_reads(string file) =>
        DeployedYaml.Read(File.ReadAllText(Repository.At(file))).ShouldNotBeEmpty();

    [Fact]
    public void Every_manifest_is_a_kubernetes_object_and_part_of_the_kustomization()
    {
        string[] listed =
        [
            .. Manifest("kustomization.yaml").Single().At("resources").Items.Select(resource => resource.Text),
        ];

        listed.ShouldBe(
            Repository
                .Files("deploy/kubernetes", "*.yaml")
                .Select(file => Path.GetFileName(file))
                .Where(name => name != "kustomization.yaml"),
            ignoreOrder: true
        );
        foreach (DeployedYaml one in listed.SelectMany(Manifest))
        {
            one.Has("apiVersion").ShouldBeTrue();
            one.Has("kind").ShouldBeTrue();
            one.At("metadata", "name").Text.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData("startupProbe")]
    [InlineData("livenessProbe")]
    [InlineData("readinessProbe")]
    public async Task Probes_ask_what_a_gateway_answers(string probe)
    {
        string path = Pod.At("containers", 0, probe, "httpGet", "path").Text;
        using var client = new HttpClient { BaseAddress = gateway.Address };

        using HttpResponseMessage answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        answer.IsSuccessStatusCode.ShouldBeTrue(path);
    }

    [Fact]
    public void Pods_may_do_nothing_that_they_need_not()
    {
        DeployedYaml container = Pod.At("containers", 0);

        Pod.At("securityContext", "runAsNonRoot").Text.ShouldBe("true");
        container.At("securityContext", "readOnlyRootFilesystem").Text.ShouldBe("true");
        container.At("securityContext", "allowPrivilegeEscalation").Text.ShouldBe("false");
        container.At("securityContext", "capabilities", "drop", 0).Text.ShouldBe("ALL");
        Pod.At("automountServiceAccountToken").Text.ShouldBe("false");
    }

    [Fact]
    public async Task The_configuration_of_the_manifests_is_valid_once_its_secrets_are_real()
    {
        using var folder = new TempDirectory();
        string file = folder.At("groqkit.yaml");
        string text = Manifest("configuration.yaml").Single().At("data", "groqkit.yaml").Text;
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        (string, string)[] secrets =
        [
            .. Manifest("secret.yaml")
                .Single()
                .At("stringData")
                .Members.Select(secret => (secret.Key, Real(secret.Key, secret.Value.Text))),
        ];

        (int code, string said) = await GatewayProcess.RunAsync(
            folder.FullPath,
            ["config", "check", "--environment=Production"],
            [.. secrets, ("GROQKIT_CONFIG", file)]
        );

        code.ShouldBe(0, said);
    }

    [Fact]
    public async Task The_secrets_that_stand_in_are_refused()
    {
        using var folder = new TempDirectory();

        (int code, string said) = await GatewayProcess.RunAsync(
            folder.FullPath,
            ["config", "check", "--environment=Production"],
            [("GROQ_API_KEY", "gsk_0123456789"), ("GROQKIT_ADMIN_KEY", "FILL-IN"), ("GROQKIT_MASTER_KEY", "FILL-IN")]
        );

        code.ShouldBe(1);
        said.ShouldContain("GROQKIT_ADMIN_KEY");
        said.ShouldContain("GROQKIT_MASTER_KEY");
    }

    [Fact]
    public async Task Every_setting_that_is_set_is_one_that_a_gateway_reads()
    {
        string files =
            File.ReadAllText(Repository.At("deploy", "compose.yaml"))
            + File.ReadAllText(Repository.At("deploy", "Containerfile"))
            + File.ReadAllText(Repository.At("deploy", "kubernetes", "gateway.yaml"));
        using var folder = new TempDirectory();
        (_, string known) = await GatewayProcess.RunAsync(
            folder.FullPath,
            ["config", "show"],
            [("GROQ_API_KEY", "gsk_0123456789")]
        );
        HashSet<string> paths =
        [
            .. known
                .Split('\n')
                .Select(line => line.Split(" = ")[0].Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()),
        ];

        Setting()
            .Matches(files)
            .Select(match => match.Value)
            .Distinct(StringComparer.Ordinal)
            // The file itself, and what only the compose file reads.
            .Except(["GROQKIT_CONFIG", "GROQKIT_LOGS", "GROQKIT_METRICS_KEY"], StringComparer.Ordinal)
            .Where(name => !paths.Contains(name.ToUpperInvariant()))
            .ShouldBeEmpty(known);
    }

    private static DeployedYaml Pod => Manifest("gateway.yaml").Single().At("spec", "template", "spec");

    private static IReadOnlyList<DeployedYaml> Manifest(string name) =>
        DeployedYaml.Read(File.ReadAllText(Repository.At("deploy", "kubernetes", name)));

    private static string Real(string name, string text) =>
        name == "MASTER_KEY"
            ? Convert.ToBase64String(new byte[32])
            : text.Replace("FILL-IN", "a-real-secret-of-tests", StringComparison.Ordinal);

    [GeneratedRegex(
        "(?:GROQKIT_[A-Z_]+|GroqKit__[A-Za-z_]+|GROQ_API_KEY|OPENAI_API_KEY)(?=[:=])",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 30_000
    )]
    private static partial Regex Setting();
}
