using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads YAML. Names that are there twice are refused, and so are anchors: a file of settings has no need of them.</summary>
internal static class YamlConfig
{
    /// <exception cref="YamlException">It isn't YAML.</exception>
    /// <exception cref="FormatException">It is more than one document, or uses what a file of settings doesn't need.</exception>
    public static ConfigNode Read(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return stream.Documents.Count switch
        {
            0 => new ConfigNode(),
            1 => Read(stream.Documents[0].RootNode),
            _ => throw new FormatException("must be one document"),
        };
    }

    private static ConfigNode Read(YamlNode node)
    {
        if (!node.Anchor.IsEmpty)
            throw new FormatException($"line {node.Start.Line}: anchors are not supported");
        return node switch
        {
            YamlMappingNode map => new ConfigNode(
                Members: [.. map.Children.Select(child => KeyValuePair.Create(KeyOf(child.Key), Read(child.Value)))]
            ),
            YamlSequenceNode list => new ConfigNode(Items: [.. list.Children.Select(Read)]),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } => new ConfigNode(),
            YamlScalarNode scalar => new ConfigNode(scalar.Value),
            _ => throw new FormatException($"line {node.Start.Line}: is neither a text, a list nor named settings"),
        };
    }

    private static string KeyOf(YamlNode key) =>
        key is YamlScalarNode { Value: { Length: > 0 } name }
            ? name
            : throw new FormatException($"line {key.Start.Line}: a setting's name must be a text");
}
