using System.Reflection;
using System.Runtime.ExceptionServices;

namespace SpladeLucene.Examples.Tests;

/// <summary>An example run from its entry point, as a person would run it. One at a time: the console is shared.</summary>
internal sealed record ConsoleRun(int ExitCode, string Output, string Errors)
{
    private static readonly Lock OneAtATime = new();

    public static ConsoleRun Of(string example, params string[] arguments)
    {
        lock (OneAtATime)
        {
            (TextWriter output, TextWriter errors) = (Console.Out, Console.Error);
            using StringWriter takenOutput = new(), takenErrors = new();
            Console.SetOut(takenOutput);
            Console.SetError(takenErrors);
            try
            {
                int exitCode = Run(example, arguments);
                return new ConsoleRun(exitCode, takenOutput.ToString(), takenErrors.ToString());
            }
            finally
            {
                Console.SetOut(output);
                Console.SetError(errors);
            }
        }
    }

    private static int Run(string example, string[] arguments)
    {
        MethodInfo main = Assembly.Load(example).EntryPoint!;
        try
        {
            return main.Invoke(null, [arguments]) as int? ?? 0;
        }
        catch (TargetInvocationException wrapped)
        {
            ExceptionDispatchInfo.Throw(wrapped.InnerException!);
            throw;
        }
    }
}
