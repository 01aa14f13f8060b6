using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Spectre.Console;

namespace SideBySide.Web;

/// <summary>The page until Ctrl-C.</summary>
internal static class PageRun
{
    public static async Task RunAsync(
        PageAnswers answers, IAnsiConsole console, bool opensBrowser, CancellationToken cancellation)
    {
        WebApplication app = await PageServer.StartAsync(answers, cancellation).ConfigureAwait(false);
        await using (app.ConfigureAwait(false))
        {
            string address = app.Urls.First();
            console.WriteLine($"The page is at {address} (this computer only). Ctrl-C ends it.");
            if (opensBrowser) Open(address, console);
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        }
    }

    private static void Open(string address, IAnsiConsole console)
    {
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        }
        catch (Exception missing) when (missing is Win32Exception or PlatformNotSupportedException)
        {
            console.WriteLine("No browser could be started: open the address yourself.");
        }
    }
}
