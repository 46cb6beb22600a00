using GroqKit.Gateway.Services.Privacy.Detection;

namespace GroqKit.Gateway.Tests.Services.Privacy.Detection;

[Requirement("GW-16")]
public sealed class DetectionTests
{
    private readonly PersonalDataScanner _scanner = new(PersonalDataScanner.Usual);

    [Theory]
    [InlineData("write to anna@example.com.", "EMAIL:anna@example.com")]
    [InlineData("https://x.example/?to=anna%40example.com&a=1", "EMAIL:anna%40example.com")]
    [InlineData("\"anna b\"@example.com", "EMAIL:\"anna b\"@example.com")]
    [InlineData("an müller@exämple.de, bitte", "EMAIL:müller@exämple.de")]
    [InlineData("anna＠example.com", "EMAIL:anna＠example.com")]
    [InlineData("root@localhost", "")]
    [InlineData("see @example.com", "")]
    [InlineData("a@b..c", "")]
    [InlineData("4111 1111 1111 1111", "CARD:4111 1111 1111 1111")]
    [InlineData("card 4111-1111-1111-1111, exp 12/27", "CARD:4111-1111-1111-1111")]
    [InlineData("4111 1111 1111 1112", "")]
    [InlineData("3782 822463 10005", "CARD:3782 822463 10005")]
    [InlineData("id4111111111111111", "")]
    [InlineData("DE89 3704 0044 0532 0130 00", "IBAN:DE89 3704 0044 0532 0130 00")]
    [InlineData("de89370400440532013000.", "IBAN:de89370400440532013000")]
    [InlineData("DE89 3704 0044 0532 0130 01", "")]
    [InlineData("GB82WEST12345698765432", "IBAN:GB82WEST12345698765432")]
    [InlineData("(0171 2345678) 0172 3456789", "PHONE:0171 2345678|PHONE:0172 3456789")]
    [InlineData("CF RSSMRA85T10A562S", "ID:RSSMRA85T10A562S")]
    [InlineData("AB 12 34 56 C", "ID:AB 12 34 56 C")]
    [InlineData("(212) 555-0199", "PHONE:(212) 555-0199")]
    [InlineData("536-90-4399", "ID:536-90-4399")]
    [InlineData("666-90-4399", "")]
    [InlineData("SSN 536 90 4399", "ID:536 90 4399")]
    [InlineData("AHV 756.9217.0769.85", "ID:756.9217.0769.85")]
    [InlineData("PESEL 44051401359", "ID:44051401359")]
    [InlineData("BSN 111222333", "ID:111222333")]
    [InlineData("CPF 529.982.247-25", "ID:529.982.247-25")]
    [InlineData("DNI 12345678Z", "ID:12345678Z")]
    [InlineData("NIE X1234567L", "ID:X1234567L")]
    [InlineData("NINO AB123456C", "ID:AB123456C")]
    [InlineData("gsk_abcdefghij0123456789abcdefghij", "KEY:gsk_abcdefghij0123456789abcdefghij")]
    [InlineData("eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl", "KEY:eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl")]
    [InlineData("from 203.0.113.9:443", "IP:203.0.113.9")]
    [InlineData("from 2001:db8::1.", "IP:2001:db8::1")]
    [InlineData("version 10.0.12.1", "")]
    [InlineData("1.2.3.4.5", "")]
    [InlineData("at 12:30:45", "")]
    [InlineData("ring me on 555 1234", "PHONE:555 1234")]
    [InlineData("call +49 (0)30 1234567", "PHONE:+49 (0)30 1234567")]
    [InlineData("2024-01-02 and 03.04.2025", "")]
    [InlineData("population 12 345 678", "")]
    [InlineData("0.12345678901", "")]
    public void Scanner_finds_exactly(string text, string expected)
    {
        var found = new List<Finding>();

        _scanner.Scan(text, found);

        string.Join(
                '|',
                found.Select(finding => $"{finding.Kind.Label}:{text.Substring(finding.Start, finding.Length)}")
            )
            .ShouldBe(expected);
    }

    [Fact]
    public void Private_key_in_pem_is_found_with_its_lines()
    {
        const string Text = "key:\n-----BEGIN RSA PRIVATE KEY-----\nMIIB\nAAAA\n-----END RSA PRIVATE KEY-----\nbye";
        var found = new List<Finding>();

        _scanner.Scan(Text, found);

        Finding only = found.ShouldHaveSingleItem();
        Text.Substring(only.Start, only.Length).ShouldEndWith("-----END RSA PRIVATE KEY-----");
    }

    [Fact]
    public void A_long_run_of_numbers_hides_no_card()
    {
        string text = string.Join(' ', Enumerable.Repeat("1234 9", 100)) + " 4111 1111 1111 1111";
        var found = new List<Finding>();

        _scanner.Scan(text, found);

        found.ShouldContain(finding => finding.Kind == PersonalDataKind.Card);
    }

    [Theory]
    [InlineData("@")]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("1.")]
    [InlineData(":")]
    [InlineData("a:")]
    [InlineData("gsk_")]
    [InlineData("DE89 ")]
    [InlineData("a@b.cc ")]
    [InlineData("eyJ")]
    [InlineData("%40")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("\"@a.bb")]
    public async Task A_text_of_nothing_but_triggers_is_read_in_time(string trigger)
    {
        string text = string.Concat(Enumerable.Repeat(trigger, 500_000 / trigger.Length));
        var found = new List<Finding>();

        await Task.Run(() => _scanner.Scan(text, found), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_detector_of_ones_own_is_asked_too()
    {
        var scanner = new PersonalDataScanner([.. PersonalDataScanner.Usual, new Badge()]);
        var found = new List<Finding>();

        scanner.Scan("badge B-17 of anna@example.com", found);

        found.Select(finding => finding.Kind.Label).ShouldBe(["BADGE", "EMAIL"]);
    }

    private sealed class Badge : IPersonalDataDetector
    {
        public void Detect(ReadOnlySpan<char> text, List<Finding> findings)
        {
            if (text.IndexOf("B-17") is var at and >= 0)
                findings.Add(new Finding(at, 4, new PersonalDataKind("BADGE")));
        }
    }
}
