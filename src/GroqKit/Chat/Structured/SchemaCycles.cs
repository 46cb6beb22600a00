using System.Text.Json.Nodes;

namespace GroqKit.Chat;

/// <summary>
/// Finds the types whose schema leads back to itself. Of each cycle the objects count; a collection only where nothing but collections
/// recur.
/// </summary>
internal sealed class SchemaCycles
{
    private readonly SchemaExport _export;
    private readonly HashSet<(Type, Type?)> _found = [];
    private readonly HashSet<(Type, Type?)> _open = [];
    private readonly HashSet<(Type, Type?)> _done = [];

    private SchemaCycles(SchemaExport export) => _export = export;

    public static IReadOnlySet<(Type Type, Type? BaseType)> Find(SchemaExport export)
    {
        var search = new SchemaCycles(export);
        search.Visit(export.Root, []);
        return search._found;
    }

    private void Visit(JsonObject node, HashSet<(Type, Type?)> collections)
    {
        JsonObject target = _export.Follow(node);
        if (_export.Find(node) is not { } info)
        {
            VisitChildren(target, collections);
        }
        else if (!SchemaExport.HasMembers(target))
        {
            if (!collections.Add(info.Shape))
            {
                _found.Add(info.Shape);
                return;
            }
            VisitChildren(target, collections);
            collections.Remove(info.Shape);
        }
        else if (_open.Contains(info.Shape))
        {
            _found.Add(info.Shape);
        }
        else if (_done.Add(info.Shape))
        {
            _open.Add(info.Shape);
            VisitChildren(target, []);
            _open.Remove(info.Shape);
        }
    }

    private void VisitChildren(JsonNode? node, HashSet<(Type, Type?)> collections)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (JsonNode? child in children)
        {
            if (child is JsonObject schema && (_export.Find(schema) is not null || schema.ContainsKey("$ref")))
                Visit(schema, collections);
            else
                VisitChildren(child, collections);
        }
    }
}
