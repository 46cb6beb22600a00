using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GroqKit.PublicApi;

/// <summary>The attributes that change what a caller may do, in brackets.</summary>
internal static class Marks
{
    public static string Of(MemberInfo member) =>
        string.Concat(
            member
                .GetCustomAttributes(inherit: false)
                .Where(attribute => attribute is not ObsoleteAttribute || !IsForOldCompilers(member))
                .Select(Text)
                .OfType<string>()
                .Order(StringComparer.Ordinal)
                .Select(mark => $"[{mark}] ")
        );

    // A constructor of a type with required members warns compilers that do not know them.
    private static bool IsForOldCompilers(MemberInfo member) =>
        member.IsDefined(typeof(CompilerFeatureRequiredAttribute));

    private static string? Text(object attribute) =>
        attribute switch
        {
            ObsoleteAttribute obsolete => $"Obsolete({(obsolete.IsError ? "error" : "warning")})",
            ExperimentalAttribute experimental => $"Experimental({experimental.DiagnosticId})",
            FlagsAttribute => "Flags",
            RequiresUnreferencedCodeAttribute => "RequiresUnreferencedCode",
            RequiresDynamicCodeAttribute => "RequiresDynamicCode",
            EditorBrowsableAttribute { State: EditorBrowsableState.Never } => "Hidden",
            _ => null,
        };
}
