package org.wattmark.server.log;

import java.util.concurrent.Callable;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.SigningRefusedException;
import org.wattmark.tlog.VerifierKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `wattmark keys retire`: ends the overlap.
@Command(
        name = "retire",
        description =
                "Destroys the older of the log's two keys. "
                        + "What it signed stays valid."
                        + " Stop the server first.",
        mixinStandardHelpOptions = true)
final class KeysRetire implements Callable<Integer> {

    @Mixin private KeysFolder folder;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    KeysRetire() {}

    @Override
    public Integer call() {
        LogKey.require(folder.keys());
        var file = LogKey.fileIn(folder.keys());
        VerifierKey key;
        try {
            key = KeyFile.retireOldest(file);
        } catch (SigningRefusedException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        var out = spec.commandLine().getOut();
        out.println(
                "retired      "
                        + key.fingerprint()
                        + "; what it signed stays valid by it. Now signs:");
        KeysFolder.print(out, LogKey.require(folder.keys()));
        return 0;
    }
}
