using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpladeLucene.Docs.Tests;

/// <summary>The packages for hosts, each by what its page begins with.</summary>
public sealed partial class PackageTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    private const string ClusterProgram = """
        using System.Net;
        using System.Net.Sockets;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Orleans.Configuration;
        using Orleans.Hosting;
        using SpladeLucene;
        using SpladeLucene.Models;

        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        var options = new SpladeClusterOptions { Silos = ["a"], Shards = 2 };
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(port, gatewayPort: 0)
            .Configure<SiloOptions>(named => named.SiloName = "a").AddSpladeShards("data", options));
        builder.Services.AddSingleton<ISparseEncoder>(SpladeTinyEn.Load()).AddSpladeCluster(options);
        using IHost host = builder.Build();
        await host.StartAsync();
        var cluster = host.Services.GetRequiredService<ISpladeCluster>();
        await cluster.UpdateAsync([new ClusterDocument("42", "What to do about a sick dog."), new ClusterDocument("7", "How wings carry an airplane.")]);
        await cluster.RefreshAsync();
        ClusterSearchResult found = await cluster.SearchAsync("my puppy is ill");
        Console.WriteLine($"found {found.Hits[0].Key}, complete: {found.IsComplete}");
        await host.StopAsync();

        """;

    [Fact]
    public void VectorStore_OfItsPage_RunsFromThePackages()
    {
        string app = folder.Pack("VectorStore", Core, Onnx, Plugin, Extensions, VectorData, TinyEn);
        Follow(app, $"{VectorData}/README.md");

        string[] lines = folder.Run(app, "dotnet", "run").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Assert.EndsWith("Canine health", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("Flight", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebService_OfThePageOfExtensions_FindsItsOwnJsonFromThePackages()
    {
        string app = folder.Pack("WebService", Core, Onnx, Plugin, Extensions, TinyEn);
        Follow(app, $"{Extensions}/README.md");
        string requests = DocsPages.Blocks(Repository.Read($"{Extensions}/README.md"), "sh")[1];
        folder.Run(app, "dotnet", "build -c Release");

        using Process service = folder.Start(app, "dotnet", "run -c Release --no-build --no-launch-profile --urls http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient { BaseAddress = await AddressOf(service.StandardOutput) };
            using var articles = new StringContent(Regex.Match(requests, "'(.*)'").Groups[1].Value, Encoding.UTF8, "application/json");
            (await client.PostAsync("/articles", articles)).EnsureSuccessStatusCode();
            JsonElement[] hits = [];
            for (int tries = 0; hits.Length == 0 && tries < 1200; tries++)
            {
                await Task.Delay(Soon);
                hits = (await client.GetFromJsonAsync<JsonElement[]>(Regex.Match(requests, "5000(/search[^']*)").Groups[1].Value))!;
            }

            Assert.Equal("Canine health", hits[0].GetProperty("title").GetString());
        }
        finally
        {
            service.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void Cluster_OfOneSilo_RunsFromThePackages()
    {
        string app = folder.Pack("Cluster", Core, Onnx, Plugin, Orleans, TinyEn);
        foreach (string command in new[]
        {
            "new console", "add package SpladeLucene.Orleans --prerelease", "add package SpladeLucene.Models.TinyEn --prerelease",
            $"add package Microsoft.Orleans.Server --version {VersionOf("Microsoft.Orleans.Server")}",
        })
        {
            folder.Run(app, "dotnet", command);
        }

        File.WriteAllText(Path.Combine(app, "Program.cs"), ClusterProgram);

        Assert.Contains("found 42, complete: True", folder.Run(app, "dotnet", "run"), StringComparison.Ordinal);
    }

    private static string VersionOf(string package) => Regex.Match(
        Repository.Read("Directory.Packages.props"), $"Include=\"{Regex.Escape(package)}\" Version=\"([^\"]+)\"").Groups[1].Value;

    private static async Task<Uri> AddressOf(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (Regex.Match(line, @"listening on: (http://\S+)") is { Success: true } found)
            {
                // What nobody reads would stop the service in the end.
                _ = output.ReadToEndAsync();
                return new Uri(found.Groups[1].Value);
            }
        }

        throw new InvalidOperationException("The service has ended.");
    }
}
