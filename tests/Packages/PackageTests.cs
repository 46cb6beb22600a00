namespace GroqKit.Packages;

/// <summary>What a package says of itself, and what is in it.</summary>
[Requirement("DL-01")]
public sealed class PackageTests(Packing packing)
{
    private static readonly string[] Tools = ["GroqKit.Cli", "GroqKit.Gateway", "GroqKit.Simulator.Tool"];

    private static readonly string[] Libraries =
    [
        "GroqKit",
        "GroqKit.Extensions",
        "GroqKit.Providers",
        "GroqKit.Simulator",
        "GroqKit.Testing",
        "GroqKit.Voice",
    ];

    public static TheoryData<string> Ids => [.. Tools, .. Libraries];

    [Fact]
    public void Every_package_is_known_here() => packing.Ids.ShouldBe(Ids.Select(row => row.Data), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_says_what_it_is_and_under_which_licence(string id)
    {
        using Package package = packing.Open(id);

        package["description"]!.Length.ShouldBeGreaterThan(20);
        package["tags"]!.Split(' ').ShouldContain("groq");
        package["license"].ShouldBe("MIT");
        package["authors"].ShouldNotBeNullOrEmpty();
        package["readme"].ShouldBe("README.md");
        package["icon"].ShouldBe("icon.png");
        package.Text("README.md").ShouldStartWith($"# {id.Replace(".Tool", "", StringComparison.Ordinal)}\n");
        package.Text("README.md").ShouldNotContain("<!--");
        package.Files.ShouldContain("icon.png");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_same_sources_make_the_same_bytes(string id)
    {
        using Package package = packing.Open(id);

        package.Assemblies.ShouldNotBeEmpty();
        package.Assemblies.Where(assembly => !package.IsDeterministic(assembly)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_debugger_finds_the_sources(string id)
    {
        Assert.SkipUnless(packing.LeadsToSource, "This is no clone, or one of a host that source link can't lead to.");
        string version = packing.VersionOf(id);
        using Package symbols = Package.Open(Path.Combine(packing.Feed, $"{id}.{version}.snupkg"));
        using Package package = packing.Open(id);
        string commit = package.Element("repository")!.Attribute("commit")!.Value;
        string[] files = [.. symbols.Files.Where(file => file.EndsWith(".pdb", StringComparison.Ordinal))];

        files
            .Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(package.Assemblies.Select(Path.GetFileNameWithoutExtension), ignoreOrder: true);
        foreach (string file in files)
        {
            symbols.SourceLink(file).ShouldNotBeNull(file).ShouldContain(commit);
            symbols.Sources(file).ShouldAllBe(source => source.StartsWith("/_", StringComparison.Ordinal), file);
        }
    }

    [Theory]
    [InlineData("GroqKit")]
    [InlineData("GroqKit.Extensions")]
    [InlineData("GroqKit.Testing")]
    public void A_client_library_serves_older_programs_too(string id)
    {
        using Package package = packing.Open(id);

        package.Files.ShouldContain($"lib/net8.0/{id}.dll");
        package.Files.ShouldContain($"lib/net10.0/{id}.dll");
    }

    [Fact]
    public void Every_library_documents_its_members()
    {
        foreach (string id in Libraries)
        {
            using Package package = packing.Open(id);
            package
                .Assemblies.Select(assembly => Path.ChangeExtension(assembly, ".xml"))
                .ShouldBeSubsetOf(package.Files);
        }
    }

    [Fact]
    public void Nothing_of_ours_in_a_library_is_there_twice()
    {
        foreach (string id in Libraries)
            packing
                .Opened(id, package => package.Assemblies.Select(Path.GetFileName).Distinct().ToArray())
                .ShouldBe([$"{id}.dll"]);
    }
}
