using YamlDotNet.RepresentationModel;

namespace GroqKit.EndToEnd.Deployment;

/// <summary>A place in a YAML file of <c>deploy/</c>; anchors and merged mappings are followed by whoever reads.</summary>
internal sealed record DeployedYaml(YamlNode Node)
{
    public string Text => ((YamlScalarNode)Node).Value!;

    public IEnumerable<DeployedYaml> Items =>
        ((YamlSequenceNode)Node).Children.Select(child => new DeployedYaml(child));

    public IEnumerable<KeyValuePair<string, DeployedYaml>> Members =>
        ((YamlMappingNode)Node).Children.Select(pair =>
            KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, new DeployedYaml(pair.Value))
        );

    /// <summary>The documents of a file.</summary>
    public static IReadOnlyList<DeployedYaml> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => new DeployedYaml(document.RootNode))];
    }

    /// <summary>What stands below names and positions.</summary>
    public DeployedYaml At(params object[] path) =>
        path.Aggregate(
            this,
            (at, step) =>
                step is int position
                    ? new DeployedYaml(((YamlSequenceNode)at.Node).Children[position])
                    : new DeployedYaml(((YamlMappingNode)at.Node).Children[new YamlScalarNode((string)step)])
        );

    public bool Has(string name) => Node is YamlMappingNode map && map.Children.ContainsKey(new YamlScalarNode(name));
}
