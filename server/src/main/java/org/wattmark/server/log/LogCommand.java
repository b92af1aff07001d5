package org.wattmark.server.log;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `wattmark log`: what an operator does to the log as a whole.
@Command(
        name = "log",
        description = "Begins a successor of a log that cannot go on.",
        mixinStandardHelpOptions = true,
        subcommands = {LogNewOrigin.class})
public final class LogCommand implements Runnable {

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets `spec` before it runs the command
    LogCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "new-origin?");
    }
}
