using System.Globalization;

namespace GroqKit.TestKit.Servers;

/// <summary>An nginx of this test run that spreads calls over several servers: a child process on a free loopback port. Thread-safe.</summary>
public sealed class NginxServer : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"];

    private readonly TempDirectory _folder;
    private readonly ChildServer _server;

    private NginxServer(TempDirectory folder, ChildServer server, int port)
    {
        _folder = folder;
        _server = server;
        Address = new Uri($"http://127.0.0.1:{port}/");
    }

    /// <summary>The installed program; null when there is none.</summary>
    public static string? Installed { get; } = Places.FirstOrDefault(File.Exists);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <param name="servers">Who gets the calls, in turn; one that can't be reached is left out.</param>
    /// <exception cref="InvalidOperationException">It isn't installed, or doesn't start.</exception>
    public static Task<NginxServer> StartAsync(IEnumerable<Uri> servers) =>
        StartAsync(port => SpreadOver(servers, port));

    /// <param name="sites">What stands in the configuration's <c>http</c> block; told the port of <see cref="Address"/>.</param>
    /// <exception cref="InvalidOperationException">It isn't installed, or doesn't start.</exception>
    public static async Task<NginxServer> StartAsync(Func<int, string> sites)
    {
        string program = Installed ?? throw new InvalidOperationException("nginx is not installed.");
        int port = ChildServer.FreePort();
        var folder = new TempDirectory();
        try
        {
            string file = folder.At("nginx.conf");
            await File.WriteAllTextAsync(file, Configuration(folder.FullPath, sites(port)));
            ChildServer server = await ChildServer.StartAsync(
                [program, "-p", folder.FullPath, "-c", file, "-e", "stderr"],
                "start worker process"
            );
            return new NginxServer(folder, server, port);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static string Configuration(string folder, string sites)
    {
        string temporary = string.Concat(
            ((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(kind =>
                $"{kind}_temp_path {folder}/{kind};"
            )
        );
        // As root nginx would hand its workers to another user, who may not read the folder.
        string user = Environment.IsPrivilegedProcess ? "user root;" : "";
        return $$"""
            {{user}} daemon off; error_log stderr notice; worker_processes 1; pid {{folder}}/nginx.pid;
            events { worker_connections 2048; }
            http {
                access_log off; {{temporary}}
                {{sites}}
            }
            """;
    }

    private static string SpreadOver(IEnumerable<Uri> servers, int port)
    {
        string upstream = string.Concat(servers.Select(server => $"server {server.Host}:{server.Port};"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            upstream servers { {{upstream}} keepalive 64; }
            server {
                listen 127.0.0.1:{{port}} backlog=2048;
                location / {
                    proxy_pass http://servers;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_buffering off;
                }
            }
            """
        );
    }
}
