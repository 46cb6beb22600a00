using System.Text;

namespace GroqKit.EndToEnd.Features;

/// <summary>Writes docs/features.md from the list of requirements and the tests that name them.</summary>
internal sealed class FeaturePage
{
    /// <summary>The parts of the project in the order of the page, by the letters that begin an id.</summary>
    private static readonly (string Prefix, string Title)[] Parts =
    [
        ("CL", "Client"),
        ("PR", "Providers"),
        ("GW", "Gateway"),
        ("UI", "Dashboard"),
        ("CM", "Command line"),
        ("SM", "Simulator"),
        ("DL", "Delivery"),
    ];

    private readonly List<(string Id, string Line)> _requirements = [];

    // Requirement id → project and class → number of tests.
    private readonly Dictionary<string, SortedDictionary<string, int>> _proofs = new(StringComparer.Ordinal);

    /// <param name="requirements">Lines of an id, a tab, and what it does.</param>
    /// <exception cref="FormatException">A line is not of that form, or its id comes twice or belongs to no part.</exception>
    public FeaturePage(IEnumerable<string> requirements)
    {
        foreach (string line in requirements)
        {
            if (line.Split('\t') is not [var id, { Length: > 0 } text])
                throw new FormatException($"Not an id, a tab and a line of text: {line}");
            if (!Parts.Any(part => id.StartsWith($"{part.Prefix}-", StringComparison.Ordinal)))
                throw new FormatException($"{id} belongs to no part of the page.");
            if (!_proofs.TryAdd(id, new SortedDictionary<string, int>(StringComparer.Ordinal)))
                throw new FormatException($"{id} is listed twice.");
            _requirements.Add((id, text));
        }
    }

    /// <summary>Counts the tests of one project.</summary>
    /// <exception cref="FormatException">A test names an id that is not a requirement, or a class names one and has no tests.</exception>
    public void Add(string project, IReadOnlyCollection<TestFile> files)
    {
        // Parts of a partial class share what one of them says.
        ILookup<string, string> ofClass = files
            .SelectMany(file => file.Classes)
            .SelectMany(named => named.Value.Select(id => (Class: named.Key, Id: id)))
            .ToLookup(named => named.Class, named => named.Id, StringComparer.Ordinal);
        TestMethod[] tests = [.. files.SelectMany(file => file.Tests)];
        foreach (TestMethod test in tests)
        {
            foreach (string id in ofClass[test.Class].Union(test.Ids, StringComparer.Ordinal))
                Count(id, project, test.Class);
        }
        foreach (IGrouping<string, string> named in ofClass.Where(named => !tests.Any(test => test.Class == named.Key)))
            throw new FormatException($"{project}: {named.Key} names {string.Join(", ", named)} and has no tests.");
    }

    public string Write()
    {
        var page = new StringBuilder(
            """
            # Features

            What GroqKit does, and the tests that prove it. This page is written from the tests by `eng/features.sh`, and a test fails when it is
            stale. The number behind a class is how many of its tests name the feature.

            """
        );
        foreach ((string prefix, string title) in Parts)
        {
            var proven = Of(prefix).Where(row => _proofs[row.Id].Count > 0).ToArray();
            if (proven.Length == 0)
                continue;
            page.Append($"\n## {title}\n\n| id | what it does | proven by |\n|---|---|---|\n");
            foreach ((string id, string line) in proven)
                page.Append(
                    $"| {id} | {line} | {string.Join(", ", _proofs[id].Select(p => $"{p.Key} {p.Value}"))} |\n"
                );
        }
        var open = _requirements.Where(row => _proofs[row.Id].Count == 0).ToArray();
        if (open.Length > 0)
        {
            page.Append("\n## Not there yet\n\n");
            foreach ((string id, string line) in open)
                page.Append($"- {id}: {line}\n");
        }
        return page.ToString();
    }

    private IEnumerable<(string Id, string Line)> Of(string prefix) =>
        _requirements.Where(row => row.Id.StartsWith($"{prefix}-", StringComparison.Ordinal));

    private void Count(string id, string project, string test)
    {
        if (!_proofs.TryGetValue(id, out SortedDictionary<string, int>? proofs))
            throw new FormatException($"{project}: {test} names {id}, which is not in requirements.tsv.");
        string key = $"`{project}/{test}`";
        proofs[key] = proofs.GetValueOrDefault(key) + 1;
    }
}
