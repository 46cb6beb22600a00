using System.Buffers.Binary;
using System.Text;

namespace GroqKit.Gateway.Tests.Infrastructure.Telemetry;

/// <summary>Reads as much of OTLP's protocol buffers as the tests look at, by the field numbers of its definition.</summary>
internal static class OtlpMessage
{
    public static IEnumerable<OtlpSpan> Spans(byte[] request) =>
        Below(request, 1, 2, 2)
            .Select(span => new OtlpSpan(
                Text(span, 5),
                (long)(Fields(span).FirstOrDefault(field => field.Number == 6).Value ?? 0L),
                Convert.ToHexString(Parts(span, 4).FirstOrDefault() ?? []),
                Parts(span, 9).ToDictionary(pair => Text(pair, 1), pair => Value(Parts(pair, 2).First()))
            ));

    public static IEnumerable<string> MetricNames(byte[] request) =>
        Below(request, 1, 2, 2).Select(metric => Text(metric, 1));

    private static object Value(byte[] any)
    {
        (int number, object value) = Fields(any).First();
        return number switch
        {
            1 => Encoding.UTF8.GetString((byte[])value),
            2 => (long)value != 0,
            4 => BitConverter.Int64BitsToDouble((long)value),
            5 => string.Join(',', Parts((byte[])value, 1).Select(Value)),
            _ => value,
        };
    }

    private static IEnumerable<byte[]> Below(byte[] message, params int[] path) =>
        path.Aggregate(
            (IEnumerable<byte[]>)[message],
            (messages, number) => messages.SelectMany(one => Parts(one, number))
        );

    private static string Text(byte[] message, int number) =>
        Encoding.UTF8.GetString(Parts(message, number).FirstOrDefault() ?? []);

    private static IEnumerable<byte[]> Parts(byte[] message, int number) =>
        Fields(message).Where(field => field.Number == number).Select(field => field.Value).OfType<byte[]>();

    private static IEnumerable<(int Number, object Value)> Fields(byte[] message)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong key = Varint(message, ref at);
            object value;
            switch (key & 7)
            {
                case 0:
                    value = (long)Varint(message, ref at);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadInt64LittleEndian(message.AsSpan(at));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    value = message[at..(at + length)];
                    at += length;
                    break;
                case 5:
                    value = (long)BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(at));
                    at += 4;
                    break;
                default:
                    throw new FormatException($"Wire type {key & 7} at {at}.");
            }
            yield return ((int)(key >> 3), value);
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
