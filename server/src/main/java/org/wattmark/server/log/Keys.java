package org.wattmark.server.log;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `wattmark keys`: the log's own key, and the keys of logs that a verifier trusts.
@Command(
        name = "keys",
        description = "Makes and shows the key of the log, and pins the key of another's log.",
        mixinStandardHelpOptions = true,
        subcommands = {
            KeysNew.class,
            KeysShow.class,
            KeysTrust.class,
            KeysRotate.class,
            KeysRetire.class,
        })
public final class Keys implements Runnable {

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets `spec` before it runs the command
    Keys() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "new, show, trust, rotate or retire?");
    }
}
