package org.wattmark.server.log;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.vault.Vault;
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

    @Option(
            names = "--vault",
            paramLabel = "MOUNT/KEY",
            description =
                    "An Ed25519 key of HashiCorp Vault's transit engine signs, such as"
                            + " transit/wattmark-log; the file gets its place only. VAULT_ADDR and"
                            + " VAULT_TOKEN say which Vault.")
    private @Nullable String vault;

    @Mixin private KeysFolder folder;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    KeysNew() {}

    @Override
    public Integer call() {
        Path keys = folder.keys();
        var held = vault == null ? null : Vault.required(System.getenv()).transitKey(vault);
        var key = held == null ? LogKey.make(keys, origin) : LogKey.make(keys, origin, held);
        var out = spec.commandLine().getOut();
        out.println(
                held == null
                        ? "private key  "
                                + LogKey.fileIn(keys)
                                + " (keep it, and show it to nobody)"
                        : "private key  at "
                                + held.place()
                                + ", as "
                                + LogKey.fileIn(keys)
                                + " says");
        KeysFolder.print(out, key);
        return 0;
    }
}
