using System.Globalization;
using System.Numerics;
using GroqKit.Gateway.Services.Privacy.Detection;

namespace GroqKit.Gateway.Tests.Services.Privacy.Detection;

/// <summary>Makes up values that are right by the rules of their kind, reckoned another way than the detectors reckon.</summary>
internal sealed class PersonalValues(Random random)
{
    private static readonly string[] Names =
    [
        "anna",
        "jose.garcia",
        "m.rossi",
        "petra-k",
        "luc+shop",
        "o'brien",
        "x_99",
        "müller",
    ];
    private static readonly string[] Hosts =
    [
        "example.com",
        "mail.example.org",
        "firma.de",
        "correo.es",
        "posta.it",
        "exemple.fr",
        "uni.ac.uk",
    ];

    public string Of(PersonalDataKind kind, string language) =>
        kind.Label switch
        {
            "EMAIL" => $"{Pick(Names)}{(random.Next(2) == 0 ? "" : random.Next(100))}@{Pick(Hosts)}",
            "PHONE" => Phone(language),
            "CARD" => Card(),
            "IBAN" => Iban(language),
            "ID" => Id(language),
            "KEY" => Key(),
            _ => random.Next(4) == 0
                ? $"2001:db8:{random.Next(1, 0xffff):x}::{random.Next(1, 0xffff):x}"
                : $"{random.Next(11, 223)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}",
        };

    /// <summary>What looks like personal data and is none.</summary>
    public string Decoy(int which) =>
        which switch
        {
            0 => $"{random.Next(1, 29):00}.{random.Next(1, 13):00}.{random.Next(1990, 2030)}",
            1 => $"{random.Next(1990, 2030)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
            2 => $"{random.Next(1, 12)}.{random.Next(30)}.{random.Next(99)}",
            3 => $"{random.Next(1, 99)} {random.Next(100, 999)} {random.Next(100, 999)} €",
            4 => $"{random.Next(24):00}:{random.Next(60):00}",
            5 => $"INV-{random.Next(2000, 2030)}-{random.Next(100000, 999999)}",
            6 => $"#{random.Next(10000000, 99999999)}",
            7 => $"{random.Next(1, 99)} %",
            8 => $"@{Pick(["dotnet", "groq_inc", "anna"])}",
            9 => new Guid(Bytes(16)).ToString(),
            10 => WrongCheck(Card()),
            11 => WrongCheck(Iban("de")),
            12 => $"{random.Next(100, 999)},{random.Next(100, 999)},{random.Next(100, 999)}",
            13 => $"{random.Next(1, 400)}/{random.Next(400, 500)}",
            14 => "127.0.0.1",
            15 => "std::vector::size",
            16 => "sk-learn-pipeline-with-a-very-long-name",
            17 => $"{random.NextDouble() * 100:0.00000000}",
            18 => $"https://example.com/items/0171{random.Next(1000000, 9999999)}",
            _ => $"{random.Next(10000, 99999)}",
        };

    public const int Decoys = 20;

    public static int CheckDigitOf(string digits)
    {
        int sum = digits
            .Reverse()
            .Select((c, i) => i % 2 == 0 ? (c - '0') * 2 / 10 + ((c - '0') * 2 % 10) : c - '0')
            .Sum();
        return (10 - (sum % 10)) % 10;
    }

    private string Phone(string language)
    {
        string[] shapes = language switch
        {
            "en" =>
            [
                "(2##) 5##-####",
                "3##-4##-####",
                "+1 4## 3## ####",
                "020 7### ####",
                "+44 7### ######",
                "1-800-4##-####",
                "5##.2##.####",
            ],
            "de" =>
            [
                "030 #######",
                "0171/#######",
                "+49 151 ########",
                "089-######## ",
                "0049 40 #######",
                "(0221) ######",
                "0172 #### ###",
                "01761#######",
            ],
            "fr" => ["06 ## ## ## ##", "01.##.##.##.##", "+33 6 ## ## ## ##", "07########", "0033 1 ## ## ## ##"],
            "es" => ["6## ## ## ##", "+34 6## ### ###", "91# ## ## ##", "0034 91# ### ###", "6##-###-###"],
            _ => ["02 #### ####", "347 #######", "+39 333 ### ####", "06 ########", "333 4## ####"],
        };
        return Fill(Pick(shapes)).Trim();
    }

    private string Card()
    {
        (string start, int length) = Pick<(string, int)>([
            ("4", 16),
            ("52", 16),
            ("2720", 16),
            ("37", 15),
            ("6011", 16),
            ("4", 13),
        ]);
        string body = Fill(start.PadRight(length - 1, '#'));
        string digits = body + CheckDigitOf(body);
        string separator = Pick([" ", "-", ""]);
        if (length == 13 || separator.Length == 0)
            return digits;
        return length == 15
            ? string.Join(separator, digits[..4], digits[4..10], digits[10..])
            : string.Join(separator, digits[..4], digits[4..8], digits[8..12], digits[12..]);
    }

    private string Iban(string language)
    {
        (string country, int length) = language switch
        {
            "de" => ("DE", 22),
            "fr" => ("FR", 27),
            "es" => ("ES", 24),
            "it" => ("IT", 27),
            _ => ("GB", 22),
        };
        string body = country switch
        {
            "GB" => Fill("NWBK##############"),
            "IT" => Fill("X######################"),
            _ => Fill(new string('#', length - 4)),
        };
        string number = string.Concat(
            (body + country + "00").Select(c => char.IsDigit(c) ? c.ToString() : (c - 'A' + 10).ToString())
        );
        string iban = $"{country}{98 - (int)(BigInteger.Parse(number, CultureInfo.InvariantCulture) % 97):00}{body}";
        return random.Next(2) == 0 ? iban : string.Join(' ', iban.Chunk(4).Select(part => new string(part)));
    }

    private string Id(string language)
    {
        switch (language)
        {
            case "en":
                return random.Next(2) == 0 ? Fill("2##-4#-1###") : Fill("AB ## ## ## C");
            case "de":
                return TaxId();
            case "fr":
                string body = Fill("1##0#75###0##")
                    .Replace("0#75", $"0{random.Next(1, 9)}75", StringComparison.Ordinal);
                string key = $"{97 - (int)(BigInteger.Parse(body, CultureInfo.InvariantCulture) % 97):00}";
                return random.Next(2) == 0
                    ? body + key
                    : $"{body[0]} {body[1..3]} {body[3..5]} {body[5..7]} {body[7..10]} {body[10..]} {key}";
            case "es":
                int number = random.Next(10_000_000, 99_999_999);
                char letter = "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23];
                return random.Next(2) == 0 ? $"{number}{letter}" : $"{number}-{letter}";
            default:
                return FiscalCode();
        }
    }

    private string FiscalCode()
    {
        int[] odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        string body =
            $"{Letters(6)}{Fill("##")}{Pick("ABCDEHLMPRST".ToCharArray())}{random.Next(1, 28):00}{Letters(1)}{Fill("###")}";
        int sum = body.Select((c, i) => (Value: char.IsDigit(c) ? c - '0' : c - 'A', i))
            .Sum(one => one.i % 2 == 0 ? odd[one.Value] : one.Value);
        return body + (char)('A' + (sum % 26));
    }

    private string Letters(int count) => new(random.GetItems<char>("ABCDEFGHIJKLMNOPQRSTUVWXYZ", count));

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private string TaxId()
    {
        while (true)
        {
            int[] order = [.. Enumerable.Range(0, 10).OrderBy(_ => random.Next())];
            order[9] = order[random.Next(9)];
            if (order[0] == 0)
                continue;
            int rest = 10;
            foreach (int digit in order)
            {
                int m = (digit + rest) % 10;
                rest = 2 * (m == 0 ? 10 : m) % 11;
            }
            int check = 11 - rest;
            string all = string.Concat(order) + (check == 10 ? 0 : check);
            return random.Next(2) == 0 ? all : $"{all[..2]} {all[2..5]} {all[5..8]} {all[8..]}";
        }
    }

    private string Key()
    {
        (string start, int length) = Pick<(string, int)>([
            ("gsk_", 52),
            ("sk-proj-", 40),
            ("AKIA", 16),
            ("ghp_", 36),
            ("whsec_", 32),
            ("xoxb-", 24),
        ]);
        string alphabet = start == "AKIA" ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" : "ABCDEFGHijklmnop0123456789qrstuv";
        return start + new string(random.GetItems<char>(alphabet, length - 1)) + "7";
    }

    private static string WrongCheck(string value) => value[..^1] + (char)('0' + ((value[^1] - '0' + 1) % 10));

    private string Fill(string shape) => string.Concat(shape.Select(c => c == '#' ? (char)('0' + random.Next(10)) : c));

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
