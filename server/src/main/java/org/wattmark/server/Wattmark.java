package org.wattmark.server;

import java.io.UncheckedIOException;
import org.wattmark.server.audit.AuditCommand;
import org.wattmark.server.backup.BackupCommand;
import org.wattmark.server.backup.RestoreCommand;
import org.wattmark.server.carboncred.ImportCarbonCred;
import org.wattmark.server.conformance.ConformanceCommand;
import org.wattmark.server.demo.Demo;
import org.wattmark.server.edge.EdgeCommand;
import org.wattmark.server.log.Keys;
import org.wattmark.server.log.LogCommand;
import org.wattmark.server.log.WitnessCommand;
import org.wattmark.server.metering.Detect;
import org.wattmark.server.metering.ImportReadings;
import org.wattmark.server.mirror.MirrorCommand;
import org.wattmark.server.postgres.UnusableDatabase;
import org.wattmark.server.registry.RecomputeCommand;
import org.wattmark.server.security.AddMember;
import org.wattmark.server.simulate.SimulateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `wattmark`. A new subcommand is a class of its own and one line here.
@Command(
        name = "wattmark",
        description = "Metered clean energy and verified savings as units that anyone can check.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        subcommands = {
            Demo.class,
            Serve.class,
            Verify.class,
            RecomputeCommand.class,
            AuditCommand.class,
            ImportReadings.class,
            Detect.class,
            EdgeCommand.class,
            ImportCarbonCred.class,
            AddMember.class,
            BackupCommand.class,
            RestoreCommand.class,
            Keys.class,
            WitnessCommand.class,
            LogCommand.class,
            MirrorCommand.class,
            SimulateCommand.class,
            ConformanceCommand.class,
        })
public final class Wattmark implements Runnable {

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets `spec` before it runs the command
    Wattmark() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /// Runs one command line and returns the exit code: 0 done, 1 failed, 2 misspelt; the commands
    /// say what else they answer.
    static int run(String... arguments) {
        return new CommandLine(new Wattmark())
                .setExecutionExceptionHandler(
                        (exception, commandLine, parsed) -> failed(exception, commandLine))
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /// What a person can put right is one line; anything else is our bug, and is shown whole.
    private static int failed(Exception exception, CommandLine commandLine) throws Exception {
        switch (exception) {
            case UnusableDatabase _, CommandFailed _ -> {}
            case UncheckedIOException _ -> {}
            default -> throw exception;
        }
        commandLine.getErr().println("wattmark: " + exception.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }
}
