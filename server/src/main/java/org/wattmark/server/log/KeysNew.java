package org.wattmark.server.log;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark keys new`: begins a log.
@Command(
        name = "new",
        description = "Makes the key that signs the log.",
        mixinStandardHelpOptions = true)
final class KeysNew implements Callable<Integer> {

    @Option(
            names = "--origin",
            required = true,
            paramLabel = "NAME",
            description = "The log's name for ever, for example log.example.com/wattmark.")
    private String origin;

    @Mixin private KeysFolder folder;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    KeysNew() {}

    @Override
    public Integer call() {
        Path keys = folder.keys();
        var key = LogKey.make(keys, origin);
        var out = spec.commandLine().getOut();
        out.println("private key  " + LogKey.fileIn(keys) + " (keep it, and show it to nobody)");
        KeysFolder.print(out, key);
        return 0;
    }
}
