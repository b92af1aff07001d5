package org.wattmark.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a program is started without the rights of root, which PostgreSQL refuses to have.
///
/// Each way replaces itself by the program, so that its process id and its signals are the
/// program's own; `su` and `runuser` do not forward signals.
enum Unprivileged {
    /// We are a normal user: nothing is to be given up.
    AS_WE_ARE,
    /// Root without its name: a user namespace in which nobody is root. Files stay ours.
    USER_NAMESPACE("unshare", "-U"),
    /// Where user namespaces are forbidden: the user `nobody`, who must then own the files.
    NOBODY("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    /// The user and group `nobody` of Linux, by number.
    private static final int NOBODY_ID = 65534;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> prefix;

    Unprivileged(String... prefix) {
        this.prefix = List.of(prefix);
    }

    static Unprivileged onThisMachine() {
        if (!System.getProperty("user.name").equals("root")) {
            return AS_WE_ARE;
        }
        return works("unshare", "-U", "true") ? USER_NAMESPACE : NOBODY;
    }

    /// The command in a session of its own where the machine has `setsid`: Ctrl-C at the terminal
    /// then reaches only us, and we stop PostgreSQL after the last request.
    List<String> command(Path program, List<String> arguments) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }

    /// Gives the folder to who runs PostgreSQL.
    void own(Path folder) {
        if (this != NOBODY) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:uid", NOBODY_ID);
                Files.setAttribute(path, "unix:gid", NOBODY_ID);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give " + folder + " to nobody", e);
        }
    }

    private static boolean works(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
