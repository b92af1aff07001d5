package org.wattmark.server.crash;

import java.util.Set;
import java.util.UUID;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.Server;
import org.wattmark.server.market.IssuedCredits;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.verification.UnitClass;

/// Somebody who holds two tonnes of credits, to be retired gram by gram, and the machine that acts
/// for it.
record Holder(UUID block, Members.Credentials machine) {

    /// Issues the credits by a server of this process, which is stopped again.
    static Holder in(OpenDatabase open, ServerSettings settings) {
        try (var server = Server.start(open, settings, 0, _ -> {})) {
            var members = server.getBean(Members.class);
            var organisation = members.organisation("A roof", "GB", Role.PROPONENT);
            var credits =
                    new IssuedCredits(
                            server.getBean(Sequencer.class), server.getBean(GridFactors.class));
            var block = credits.to(organisation, UnitClass.LIVE);
            return new Holder(
                    block.id(),
                    members.addMachine(organisation, "retirer", Set.of(Role.PROPONENT)));
        }
    }
}
