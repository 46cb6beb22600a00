using GroqKit.Simulator.Chat.ServerTools;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>Reads <c>compound_custom</c>: which models and which tools Compound shall use.</summary>
internal static class CompoundReader
{
    public static void Read(ChatRequest request, Field compound)
    {
        foreach (Field field in compound.Properties())
        {
            if (field.Name is "models")
                ReadModels(field);
            else if (field.Name is "tools")
                ReadTools(request, field);
            else
                throw field.Unsupported();
        }
    }

    private static void ReadModels(Field models)
    {
        foreach (Field field in models.IsNull ? [] : models.Properties())
        {
            if (field.Name is not ("reasoning_model" or "answering_model"))
                throw field.Unsupported();
            if (!field.IsNull)
                field.NonEmptyText();
        }
    }

    private static void ReadTools(ChatRequest request, Field tools)
    {
        foreach (Field field in tools.IsNull ? [] : tools.Properties())
        {
            if (field.Name is "enabled_tools")
                request.EnabledTools = field.IsNull
                    ? null
                    : [.. field.Items(0, CompoundTools.Names.Length).Select(tool => tool.OneOf(CompoundTools.Names))];
            else if (field.Name is not "wolfram_settings")
                throw field.Unsupported();
            else if (!field.IsNull)
                ReadWolfram(field);
        }
    }

    private static void ReadWolfram(Field settings)
    {
        foreach (Field field in settings.Properties())
        {
            if (field.Name is not "authorization")
                throw field.Unsupported();
            if (!field.IsNull)
                field.Text();
        }
    }
}
