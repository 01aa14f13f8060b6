using SpladeLucene.Tool;

using var interruption = new Interruption();
return await CommandLine.RunAsync(args, ToolConsole.OfProcess(interruption.Stop), interruption.Token).ConfigureAwait(false);
