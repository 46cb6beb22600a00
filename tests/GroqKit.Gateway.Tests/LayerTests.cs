using System.Reflection;
using System.Reflection.Emit;
using GroqKit.Gateway.Hosting;

namespace GroqKit.Gateway.Tests;

[Requirement("GW-01")]
public sealed class LayerTests
{
    private const string Root = "GroqKit.Gateway.";

    private static readonly Assembly Gateway = typeof(GatewayServices).Assembly;

    /// <summary>Per layer, the layers it may know besides itself.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Api"] = ["Services"],
        ["Services"] = [],
        ["Infrastructure"] = ["Services"],
        ["Dashboard"] = ["Api", "Services"],
        ["Hosting"] = ["Api", "Services", "Infrastructure", "Dashboard"],
    };

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    [Fact]
    public void Every_type_is_in_a_layer()
    {
        string[] strays =
        [
            .. Types()
                .Where(type => LayerOf(type) is null or "" && type.Name != "Program")
                .Select(type => type.FullName!),
        ];

        strays.ShouldBeEmpty();
        Types().Select(LayerOf).Distinct().Where(layer => layer is not null).ShouldBeSubsetOf(Allowed.Keys);
    }

    [Fact]
    public void Dependencies_point_one_way()
    {
        string[] wrong =
        [
            .. from type in Types()
            let layer = LayerOf(type)
            where layer is not null
            from used in UsedBy(type)
            let to = LayerOf(used)
            where to is not null && to != layer && !Allowed[layer].Contains(to)
            select $"{type.FullName} uses {used.FullName}",
        ];

        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void The_reading_of_dependencies_sees_inside_methods()
    {
        Type[] used = [.. UsedBy(typeof(GatewayServices))];

        used.ShouldContain(typeof(Gateway.Api.OpenAi.ChatCompletions));
        used.ShouldContain(typeof(Gateway.Infrastructure.Metrics.GatewayMetrics));
    }

    private static IEnumerable<Type> Types() =>
        Gateway
            .GetTypes()
            .Where(type => Outermost(type).Namespace?.StartsWith("GroqKit.Gateway", StringComparison.Ordinal) == true);

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string? LayerOf(Type type)
    {
        string? space = Outermost(type).Namespace;
        return type.Assembly == Gateway && space?.StartsWith(Root, StringComparison.Ordinal) == true
            ? space[Root.Length..].Split('.')[0]
            : null;
    }

    private static IEnumerable<Type> UsedBy(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        IEnumerable<Type?> direct =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(All).Select(field => field.FieldType),
        ];
        IEnumerable<Type?> inMethods = type.GetMethods(All)
            .Concat<MethodBase>(type.GetConstructors(All))
            .SelectMany(UsedBy);
        return direct.Concat(inMethods).OfType<Type>().SelectMany(Parts);
    }

    private static IEnumerable<Type?> UsedBy(MethodBase method)
    {
        IEnumerable<Type?> signature =
        [
            (method as MethodInfo)?.ReturnType,
            .. method.GetParameters().Select(p => p.ParameterType),
        ];
        if (method.GetMethodBody() is not { } body)
            return signature;
        return signature
            .Concat(body.LocalVariables.Select(local => local.LocalType))
            .Concat(Mentioned(method, body.GetILAsByteArray()!));
    }

    /// <summary>The types that a method's instructions name.</summary>
    private static IEnumerable<Type?> Mentioned(MethodBase method, byte[] code)
    {
        Type[] ofType = method.DeclaringType!.GetGenericArguments();
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < code.Length; )
        {
            short value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            OpCode operation = OpCodesByValue[value];
            at += operation.Size;
            if (
                operation.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                MemberInfo? member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod);
                yield return member as Type ?? member?.DeclaringType;
                foreach (Type argument in (member as MethodInfo)?.GetGenericArguments() ?? [])
                    yield return argument;
            }
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];
}
