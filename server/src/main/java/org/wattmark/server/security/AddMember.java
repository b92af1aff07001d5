package org.wattmark.server.security;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.postgres.DatabaseOptions;
import org.wattmark.server.postgres.Migrations;
import org.wattmark.server.secrets.RandomSecret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark add`: adds a person or a machine, whether or not the server is running.
///
/// It is how the first people come in: a server starts without any, and without a default password.
@Command(
        name = "add",
        description =
                "Adds a person (with --email) or a machine (without) to an organisation, and prints"
                        + " a secret that is shown this once.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class AddMember implements Callable<Integer> {

    @Option(names = "--organisation", required = true, description = "Its name; added if new.")
    private String organisation;

    @Option(
            names = "--country",
            defaultValue = "GB",
            description = "The country of a new organisation, ISO 3166-1 alpha-2.")
    private String country;

    @Option(
            names = "--role",
            required = true,
            split = ",",
            description = "${COMPLETION-CANDIDATES}; the first is also what a new organisation is.")
    private Role[] roles;

    @Option(names = "--email", description = "The address with which the person signs in.")
    private @Nullable String email;

    @Option(names = "--name", required = true, description = "The person's or the machine's name.")
    private String name;

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public AddMember() {}

    @Override
    public Integer call() {
        try (var open = database.openOrMake()) {
            Migrations.apply(open.database());
            var members = Members.in(open.database().dataSource());
            var id = members.organisation(organisation, country, roles[0]);
            var held = EnumSet.of(roles[0], roles);
            var out = spec.commandLine().getOut();
            if (email == null) {
                var machine = members.addMachine(id, name, held);
                out.println("client id  " + machine.clientId());
                out.println("secret     " + machine.secret());
                return 0;
            }
            return addPerson(members, new NewPerson(id, email, held), out);
        }
    }

    private record NewPerson(java.util.UUID organisation, String email, Set<Role> roles) {}

    private int addPerson(Members members, NewPerson person, PrintWriter out) {
        var password = RandomSecret.make();
        return switch (members.addPerson(
                person.organisation(), person.email(), name, password, person.roles())) {
            case Members.PersonAdded.Added(var added) -> {
                out.println("person     " + added.email());
                out.println("password   " + password);
                yield 0;
            }
            case Members.PersonAdded.EmailTaken() -> {
                spec.commandLine().getErr().println("wattmark: that address is taken");
                yield 1;
            }
        };
    }
}
