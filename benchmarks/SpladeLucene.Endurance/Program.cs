using SpladeLucene.Endurance;
using SpladeLucene.Endurance.Killing;

// The process that is killed: it never ends by itself.
if (args is [KilledWriter.Name, var folder]) return await KilledWriter.RunAsync(folder);
return await EnduranceCommand.RunAsync(args);
