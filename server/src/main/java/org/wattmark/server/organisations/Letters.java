package org.wattmark.server.organisations;

import java.util.Set;
import org.wattmark.server.mail.Mail;
import org.wattmark.server.mail.Outbox;
import org.wattmark.server.organisations.Invitations.Founding;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.server.settings.ServerSettings;

/// The mails by which people come in.
final class Letters {

    private final Outbox outbox;
    private final Members members;
    private final ServerSettings settings;

    Letters(Outbox outbox, Members members, ServerSettings settings) {
        this.outbox = outbox;
        this.members = members;
        this.settings = settings;
    }

    boolean invite(String email, String organisation, Set<Role> roles, Invitations.Issued issued) {
        return outbox.send(
                new Mail(
                        email,
                        "Invitation to " + organisation,
                        """
                        You are invited to join %s on Wattmark, as %s.

                        Accept with this token, which counts once and until %s:

                        %s

                        Send it to %s/api/v1/invitation-acceptances with a display_name and a
                        password; or, if you have an account, sign in and send it to
                        %s/api/v1/me/memberships.

                        If you expect no invitation, do nothing.
                        """
                                .formatted(
                                        organisation,
                                        Memberships.list(roles),
                                        issued.expiresAt(),
                                        issued.token(),
                                        settings.baseUrl(),
                                        settings.baseUrl())));
    }

    /// Who has an account is told so; everybody else gets a token to found the organisation.
    void signUp(String email, Founding founding, Invitations invitations) {
        if (members.isKnown(email)) {
            outbox.send(
                    new Mail(
                            email,
                            "Your Wattmark account",
                            """
                            Somebody, probably you, asked to sign up to Wattmark with this address.
                            It has an account already: sign in at %s/login.
                            """
                                    .formatted(settings.baseUrl())));
            return;
        }
        var token = invitations.offer(founding, email, Set.of(Role.OWNER));
        outbox.send(
                new Mail(
                        email,
                        "Sign up to Wattmark",
                        """
                        Welcome. To make an account for %s, send this token, which counts once and
                        for seven days, to %s/api/v1/invitation-acceptances with a display_name and
                        a password:

                        %s

                        If it was not you who asked, do nothing.
                        """
                                .formatted(founding.name(), settings.baseUrl(), token)));
    }
}
