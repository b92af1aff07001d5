package org.wattmark.server.log;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `wattmark keys show`: the public half of the log's key, which others pin.
@Command(
        name = "show",
        description = "Shows the public key of the log.",
        mixinStandardHelpOptions = true)
final class KeysShow implements Callable<Integer> {

    @Mixin private KeysFolder folder;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    KeysShow() {}

    @Override
    public Integer call() {
        KeysFolder.print(spec.commandLine().getOut(), LogKey.require(folder.keys()));
        return 0;
    }
}
