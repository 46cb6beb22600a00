using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GroqKit.PublicApi.Reference;

/// <summary>What the sources say of their members, as the compiler collected it, in Markdown.</summary>
/// <param name="assemblies">Whose files are read, beside the assemblies themselves.</param>
/// <param name="link">Where a type of ours is described, and null for any other.</param>
internal sealed partial class Comments(IEnumerable<Assembly> assemblies, Func<string, string?> link)
{
    private readonly Dictionary<string, XElement> _members = assemblies
        .Select(assembly => Path.ChangeExtension(assembly.Location, ".xml"))
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .GroupBy(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
        // Small files are compiled into several assemblies, each with its copy.
        .ToDictionary(copies => copies.Key, copies => copies.First(), StringComparer.Ordinal);

    /// <summary>What is said of a member; one that only inherits says what its origin does.</summary>
    public XElement? Of(MemberInfo member)
    {
        XElement? own = _members.GetValueOrDefault(DocumentationId.Of(member));
        if (own?.Element("inheritdoc") is null)
            return own;
        return Origins(member).Select(Of).FirstOrDefault(comment => comment is not null);
    }

    /// <summary>A part of a comment on one line.</summary>
    public string Text(XElement? part) =>
        part is null ? "" : Blanks().Replace(string.Concat(part.Nodes().Select(Text)), " ").Trim();

    private string Text(XNode node) =>
        node switch
        {
            XText text => text
                .Value.Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace("*", @"\*", StringComparison.Ordinal),
            XElement { Name.LocalName: "see" or "seealso" } see => See(see),
            XElement { Name.LocalName: "paramref" or "typeparamref" } named => $"`{named.Attribute("name")!.Value}`",
            XElement { Name.LocalName: "c" or "code" } code => $"`{Blanks().Replace(code.Value, " ").Trim()}`",
            XElement { Name.LocalName: "br" } => " ",
            XElement { Name.LocalName: "item" } item => $" · {string.Concat(item.Nodes().Select(Text)).Trim()}",
            XElement element => $" {string.Concat(element.Nodes().Select(Text))} ",
            _ => "",
        };

    private string See(XElement see)
    {
        if (see.Attribute("langword") is { } word)
            return $"`{word.Value}`";
        if (see.Attribute("href") is { } address)
            return $"[{(see.Value.Length > 0 ? see.Value : address.Value)}]({address.Value})";
        return Reference(see.Attribute("cref")!.Value);
    }

    /// <summary>A name in code, and a way to it where it is ours.</summary>
    public string Reference(string id)
    {
        string name = Arguments().Replace(id[2..], "").Split('(')[0];
        string[] parts = name.Split('.');
        string type = id[0] == 'T' ? name : string.Join('.', parts[..^1]);
        string shown = id[0] == 'T' ? parts[^1] : string.Join('.', parts[Math.Max(0, parts.Length - 2)..]);
        shown = shown.Replace(".#ctor", "", StringComparison.Ordinal);
        return link(id[0] == 'T' ? id[2..] : TypeOf(id)) is { } target ? $"[`{shown}`]({target})" : $"`{shown}`";

        string TypeOf(string member)
        {
            string plain = member[2..].Split('(')[0].Split('~')[0];
            return plain[..plain.LastIndexOf('.')];
        }
    }

    private static IEnumerable<MemberInfo> Origins(MemberInfo member)
    {
        if (member is Type type)
            return [.. type.BaseType is { } parent ? [parent] : Type.EmptyTypes, .. type.GetInterfaces()];
        if (member.DeclaringType is not { } declaring)
            return [];
        IEnumerable<Type> types =
        [
            .. declaring.BaseType is { } above ? [above] : Type.EmptyTypes,
            .. declaring.GetInterfaces(),
        ];
        return types
            .Where(origin => origin.Assembly.GetName().Name!.StartsWith("GroqKit", StringComparison.Ordinal))
            .Select(origin => origin.IsGenericType ? origin.GetGenericTypeDefinition() : origin)
            .SelectMany(origin =>
                origin.GetMember(
                    member.Name,
                    BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
                )
            )
            .Where(origin =>
                origin is not MethodBase method
                || method.GetParameters().Length == ((MethodBase)member).GetParameters().Length
            );
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"`+\d+|\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Arguments();
}
