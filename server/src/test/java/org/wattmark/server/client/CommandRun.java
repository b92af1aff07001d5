package org.wattmark.server.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// What a command line came to: as `wattmark` runs it, failures are one line.
///
/// @param out what was printed
/// @param err what was said to be wrong
public record CommandRun(int code, String out, String err) {

    public static CommandRun of(Callable<Integer> command, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line =
                new CommandLine(command)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .setExecutionExceptionHandler((exception, _, _) -> {
                            err.write(String.valueOf(exception.getMessage()));
                            return 1;
                        });
        int code = line.execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }
}
