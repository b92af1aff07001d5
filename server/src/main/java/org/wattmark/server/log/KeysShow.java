package org.wattmark.server.log;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `wattmark keys show`: the public half of the log's key, which others pin; of both while one
/// succeeds the other.
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
        var out = spec.commandLine().getOut();
        LogKey.requireAll(folder.keys()).forEach(key -> KeysFolder.print(out, key));
        return 0;
    }
}
