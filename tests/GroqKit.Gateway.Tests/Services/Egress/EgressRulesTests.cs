using GroqKit.Gateway.Services.Egress;

namespace GroqKit.Gateway.Tests.Services.Egress;

[Requirement("GW-10", "PR-03")]
public sealed class EgressRulesTests
{
    private static readonly EgressRules Rules = new([], loopbackAllowed: false);

    [Theory]
    [InlineData("https://api.groq.com/openai/v1")]
    [InlineData("https://hooks.example.com/a?b=c")]
    [InlineData("https://xn--bcher-kva.example.com/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://example.com.:443/")]
    public void The_public_internet_may_be_called(string address) => Rules.Check(address).ShouldNotBeNull();

    [Theory]
    // Loopback in every spelling
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://127.0.1/")]
    [InlineData("https://127.255.255.254/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0x7F.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://0177.0x0.0.01/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://127.0.0.1:443/")]
    [InlineData("https://127%2e0%2e0%2e1/")]
    [InlineData("https://%31%32%37.0.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST/")]
    [InlineData("https://localhost./")]
    [InlineData("https://a.localhost/")]
    [InlineData("https://localhost.localdomain/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    // Unspecified, broadcast, multicast
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://0/")]
    [InlineData("https://[::]/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://[ff02::1]/")]
    // Private and shared nets
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://10.255.255.255/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://172.31.255.255/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://3232235777/")]
    [InlineData("https://0xC0A80101/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://100.127.255.255/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fdff::1]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    // Link-local, where clouds serve credentials
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://2852039166/")]
    [InlineData("https://0xA9FEA9FE/")]
    [InlineData("https://0251.0376.0251.0376/")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://[fd00:ec2::254]/")]
    // Tunnels to IPv4
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[64:ff9b:1::a00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2001:0:7f00:1::]/")]
    // Documentation and benchmarks
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://198.51.100.1/")]
    [InlineData("https://203.0.113.1/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://[2001:db8::1]/")]
    // The same nets by way of IPv6, mapped, translated or tunnelled
    [InlineData("https://[::ffff:0:127.0.0.1]/")]
    [InlineData("https://[0:0:0:0:0:ffff:a9fe:a9fe]/")]
    [InlineData("https://[::FFFF:0A00:0001]/")]
    [InlineData("https://[::ffff:100.64.0.1]/")]
    [InlineData("https://[::ffff:0.0.0.0]/")]
    [InlineData("https://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("https://[64:ff9b::10.0.0.1]/")]
    [InlineData("https://[64:ff9b::8.8.8.8]/")]
    [InlineData("https://[2002:a9fe:a9fe::1]/")]
    [InlineData("https://[2002:c0a8:101::]/")]
    [InlineData("https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/")]
    [InlineData("https://[2001:10::1]/")]
    [InlineData("https://[2001:20::1]/")]
    [InlineData("https://[100::1]/")]
    [InlineData("https://[3fff::1]/")]
    [InlineData("https://[5f00::1]/")]
    [InlineData("https://[::1%25lo]/")]
    [InlineData("https://[febf::1]/")]
    [InlineData("https://[ff0e::1]/")]
    // More nets, and the addresses at which clouds serve credentials
    [InlineData("https://0.1.2.3/")]
    [InlineData("https://100.100.100.200/")]
    [InlineData("https://192.0.0.192/")]
    [InlineData("https://192.88.99.1/")]
    [InlineData("https://198.19.255.255/")]
    [InlineData("https://240.0.0.1/")]
    [InlineData("https://239.255.255.255/")]
    // More spellings
    [InlineData("https://10.0.0.1./")]
    [InlineData("https://127.0.0.1../")]
    [InlineData("https://localhost../")]
    [InlineData("https://metadata.google.internal./")]
    [InlineData("https://127.0.0.01/")]
    [InlineData("https://127.00000.1/")]
    [InlineData("https://00000000177.0.0.1/")]
    [InlineData("https://0x7f.0x0.0x0.0x1/")]
    [InlineData("https://0X7F000001/")]
    [InlineData("https://10.1/")]
    [InlineData("https://192.168.257/")]
    [InlineData("https://172.1048577/")]
    [InlineData("https://4294967295/")]
    [InlineData("https://4294967297/")]
    [InlineData("https://-1/")]
    [InlineData("https://127.0.0.1%00.example.com/")]
    [InlineData("https://127.0.0.1%2f@example.com/")]
    [InlineData("https://example.com%2f@127.0.0.1/")]
    [InlineData("https://127.0.0.1:80@example.com/")]
    [InlineData("https://:@127.0.0.1/")]
    [InlineData("https://@10.0.0.1/")]
    [InlineData("https://example.com:443@[::1]/")]
    [InlineData("https://127.0.0.1#@example.com/")]
    [InlineData("https://127.0.0.1?@example.com/")]
    [InlineData("https://127.0.0.1;.example.com/")]
    [InlineData("https:///127.0.0.1/")]
    [InlineData("https:127.0.0.1/")]
    [InlineData("https:/127.0.0.1/")]
    [InlineData("https://１２７.0.0.1/")]
    [InlineData("https://١٢٧.٠.٠.١/")]
    [InlineData("https://ｌｏｃａｌｈｏｓｔ/")]
    [InlineData("https://127｡0｡0｡1/")]
    [InlineData("https://127\u200b.0.0.1/")]
    [InlineData("ws://example.com/")]
    [InlineData("data:text/plain,x")]
    [InlineData("ldap://127.0.0.1/")]
    // Names of the local network
    [InlineData("https://intranet/")]
    [InlineData("https://printer.local/")]
    [InlineData("https://db.lan/")]
    [InlineData("https://router.home.arpa/")]
    // Numbers that are no address
    [InlineData("https://1.2.3.4.5/")]
    [InlineData("https://example.0x7f/")]
    [InlineData("https://999.999.999.999/")]
    // Other schemes, ports, users, tricks of spelling
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://example.com:22/")]
    [InlineData("https://example.com:6379/")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://example.com@127.0.0.1/")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://example.com\\@127.0.0.1/")]
    [InlineData("https:\\\\127.0.0.1/")]
    [InlineData(" https://example.com/")]
    [InlineData("https://exam\tple.com/")]
    [InlineData("https://example.com/\r\nHost: x")]
    [InlineData("https://①②⑦.0.0.1/")]
    [InlineData("https://127。0。0。1/")]
    [InlineData("https://loc\u00adalhost/")]
    [InlineData("//example.com/")]
    [InlineData("/relative")]
    [InlineData("https://")]
    [InlineData("https://./")]
    [InlineData("https://a..example.com/")]
    [InlineData("")]
    public void Everything_else_is_refused(string address) => Should.Throw<EgressException>(() => Rules.Check(address));

    [Fact]
    public void More_than_sixty_spellings_are_refused() =>
        typeof(EgressRulesTests)
            .GetMethod(nameof(Everything_else_is_refused))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Length.ShouldBeGreaterThan(120);

    [Fact]
    public void An_address_that_is_too_long_is_refused() =>
        Should.Throw<EgressException>(() => Rules.Check("https://example.com/" + new string('a', 2048)));

    [Theory]
    [InlineData("http://models.lan/v1", true)]
    [InlineData("https://models.lan:8443/v1", true)]
    [InlineData("http://127.0.0.1:11434/v1", true)]
    [InlineData("http://127.0.0.1:11435/v1", false)]
    [InlineData("http://user@models.lan/v1", false)]
    [InlineData("ftp://models.lan/v1", false)]
    public void The_operator_can_allow_a_host_or_one_port_of_it(string address, bool allowed)
    {
        var rules = new EgressRules(["models.lan", "127.0.0.1:11434"], loopbackAllowed: false);

        if (allowed)
            rules.Check(address).ShouldNotBeNull();
        else
            Should.Throw<EgressException>(() => rules.Check(address));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9100/", true)]
    [InlineData("http://localhost:9100/", true)]
    [InlineData("http://[::1]:9100/", true)]
    [InlineData("http://10.0.0.1:9100/", false)]
    [InlineData("http://169.254.169.254/", false)]
    public void In_development_this_machine_may_be_called_and_no_other(string address, bool allowed)
    {
        var rules = new EgressRules([], loopbackAllowed: true);

        if (allowed)
            rules.Check(address).ShouldNotBeNull();
        else
            Should.Throw<EgressException>(() => rules.Check(address));
    }
}
