using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace GroqKit.PublicApi.Reference;

/// <summary>A page for every namespace with what its types and members are for, and a page that lists them.</summary>
internal sealed class ReferencePages
{
    public const string Index = "README.md";

    private readonly Type[] _types;
    private readonly Dictionary<string, string> _places;
    private readonly Comments _comments;

    public ReferencePages(IReadOnlyList<Assembly> assemblies)
    {
        _types =
        [ // The entry point of a program is nothing to be called.
            .. assemblies
                .SelectMany(ApiListing.Types)
                .Where(type => type.Namespace is not null)
                .OrderBy(type => type.FullName, StringComparer.Ordinal),
        ];
        _places = _types.ToDictionary(
            type => type.FullName!.Replace('+', '.'),
            type => $"{type.Namespace}.md#{Anchor(type)}",
            StringComparer.Ordinal
        );
        _comments = new Comments(assemblies, name => _places.GetValueOrDefault(name));
    }

    /// <summary>Name and text of each page.</summary>
    public IEnumerable<(string Name, string Text)> Write()
    {
        IGrouping<string, Type>[] spaces =
        [
            .. _types.GroupBy(type => type.Namespace!).OrderBy(space => space.Key, StringComparer.Ordinal),
        ];
        yield return (Index, Contents(spaces));
        foreach (IGrouping<string, Type> space in spaces)
            yield return ($"{space.Key}.md", Page(space));
    }

    private string Contents(IGrouping<string, Type>[] spaces)
    {
        var text = new StringBuilder(
            "# Reference\n\nEvery public type and member of the packages, written from the comments in the sources by `eng/api.sh`.\n"
        );
        foreach (IGrouping<string, Type> space in spaces)
        {
            text.Append($"\n## [{space.Key}]({space.Key}.md)\n\n");
            text.AppendJoin(
                ", ",
                space.Select(type => $"[{Shown(type)}]({_places[type.FullName!.Replace('+', '.')]})")
            );
            text.Append('\n');
        }
        return text.ToString();
    }

    private string Page(IGrouping<string, Type> space)
    {
        var text = new StringBuilder($"# {space.Key}\n\nWritten by `eng/api.sh`. [All namespaces]({Index})\n");
        foreach (Type type in space)
        {
            text.Append($"\n## `{TypeName.Plain(type)}`\n\n");
            text.Append($"`{TypeLine.Of(type)}`, in the package {type.Assembly.GetName().Name}\n");
            XElement? comment = _comments.Of(type);
            foreach (string part in (string[])["summary", "remarks"])
            {
                if (_comments.Text(comment?.Element(part)) is { Length: > 0 } said)
                    text.Append($"\n{said}\n");
            }
            string[] members =
            [
                .. ApiListing.Documented(type).Select(entry => Member(entry.Member, entry.Line, comment)),
            ];
            if (members.Length > 0)
                text.Append('\n').AppendJoin('\n', members).Append('\n');
        }
        return text.ToString();
    }

    private string Member(MemberInfo member, string line, XElement? type)
    {
        XElement? comment = _comments.Of(member);
        // The parameters of a record are described where the record is.
        string summary =
            comment is null && member is PropertyInfo
                ? _comments.Text(Named(type, "param", member.Name))
                : _comments.Text(comment?.Element("summary"));
        var text = new StringBuilder($"- `{line}`");
        if (summary.Length > 0)
            text.Append($"  \n  {summary}");
        if (_comments.Text(comment?.Element("remarks")) is { Length: > 0 } remarks)
            text.Append($" {remarks}");
        foreach (XElement parameter in comment?.Elements("param") ?? [])
        {
            if (_comments.Text(parameter) is { Length: > 0 } said)
                text.Append($"  \n  `{parameter.Attribute("name")!.Value}`: {said}");
        }
        if (_comments.Text(comment?.Element("returns")) is { Length: > 0 } returns)
            text.Append($"  \n  Returns: {returns}");
        foreach (XElement thrown in comment?.Elements("exception") ?? [])
            text.Append(
                $"  \n  Throws {_comments.Reference(thrown.Attribute("cref")!.Value)}: {_comments.Text(thrown)}"
            );
        return text.ToString();
    }

    private static XElement? Named(XElement? comment, string part, string name) =>
        comment?.Elements(part).FirstOrDefault(element => element.Attribute("name")?.Value == name);

    private static string Shown(Type type) => $"`{TypeName.Plain(type)}`";

    // As code hosts make them of a heading.
    private static string Anchor(Type type) =>
        string.Concat(
                TypeName.Plain(type).ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is '_' or '-' or ' ')
            )
            .Replace(' ', '-');
}
