using FsCheck;
using FsCheck.Fluent;

namespace GroqKit.Tests.Audio;

/// <summary>Texts made of everything that is hard to cut: marks, abbreviations, numbers, quotes, directions, many scripts.</summary>
internal static class SpeechTexts
{
    private static readonly string[] Parts =
    [
        "Hello",
        "world",
        "I",
        "Dr.",
        "e.g.",
        "U.S.",
        "p.m.",
        "No.",
        "3.",
        "12.",
        "3.14",
        "Oktober",
        "https://a.b/c?d=e.",
        "...",
        "…",
        ".",
        "!",
        "?",
        "?!",
        ",",
        ";",
        ":",
        "—",
        "-",
        "\"",
        "'",
        "”",
        "“",
        "(",
        ")",
        "[sad]",
        "[very sad]",
        "[",
        "]",
        "[]",
        "「",
        "」",
        "と",
        "你好",
        "。",
        "？",
        "，",
        "سلام",
        "؟",
        "नमस्ते",
        "।",
        "สวัสดี",
        "e\u0301",
        "👩‍👩‍👧",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "- ",
        "1. ",
        "the",
        "a",
        new string('x', 30),
    ];

    public static Arbitrary<string> Arbitrary { get; } =
        Gen.Elements(Parts).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    public static string WithoutSpaces(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
