package org.wattmark.server.log;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.vault.Vault;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.SigningRefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark keys rotate`: begins the overlap, in which two keys sign.
@Command(
        name = "rotate",
        description =
                "Makes the key that will succeed the log's key. "
                        + "From the next start on both sign, until `wattmark keys retire`."
                        + " Stop the server first.",
        mixinStandardHelpOptions = true)
final class KeysRotate implements Callable<Integer> {

    @Option(
            names = "--vault",
            paramLabel = "MOUNT/KEY",
            description =
                    "The successor is an Ed25519 key of HashiCorp Vault's transit engine, such as"
                            + " transit/wattmark-log. VAULT_ADDR and"
                            + " VAULT_TOKEN say which Vault.")
    private @Nullable String vault;

    @Mixin private KeysFolder folder;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    KeysRotate() {}

    @Override
    public Integer call() {
        LogKey.require(folder.keys());
        var file = LogKey.fileIn(folder.keys());
        try {
            if (vault == null) {
                KeyFile.addSuccessor(file);
            } else {
                var held = Vault.required(System.getenv()).transitKey(vault);
                KeyFile.addHeldSuccessor(file, held.publicKey(), held.place());
            }
        } catch (SigningRefusedException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        var out = spec.commandLine().getOut();
        out.println("From the next start of the server on, both keys sign. Publish the new one:");
        KeysFolder.print(out, LogKey.require(folder.keys()));
        return 0;
    }
}
