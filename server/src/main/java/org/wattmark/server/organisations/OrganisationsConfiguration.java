package org.wattmark.server.organisations;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.mail.Outbox;
import org.wattmark.server.security.ApiKeys;
import org.wattmark.server.security.Belonging;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.OpenDoors;
import org.wattmark.server.security.Standings;
import org.wattmark.server.security.TransferLimits;
import org.wattmark.server.settings.ServerSettings;

/// Organisations: what is decided about them, its table, its endpoints.
@Configuration(proxyBeanMethods = false)
class OrganisationsConfiguration {

    @Bean
    CommandHandlers accessCommands(Staging staging) {
        return CommandHandlers.of(
                ChangeAccess.class,
                ChangeAccess.Outcome.class,
                command -> ChangeAccess.handle(command, staging));
    }

    @Bean
    Tables accessTables() {
        return AccessTables.all();
    }

    @Bean
    AccessBook accessBook(Sequencer sequencer, JdbcClient jdbc, Belonging belonging) {
        return new AccessBook(sequencer, jdbc, belonging);
    }

    @Bean
    Memberships memberships(AccessBook book, JdbcClient jdbc) {
        return new Memberships(book, jdbc);
    }

    @Bean
    Invitations invitations(
            AccessBook book, Members members, JdbcClient jdbc, InstantSource clock) {
        return new Invitations(book, members, jdbc, clock);
    }

    @Bean
    Keyring keyring(
            AccessBook book, ApiKeys keys, Members members, JdbcClient jdbc, InstantSource clock) {
        return new Keyring(book, keys, members, jdbc, clock);
    }

    @Bean
    Letters letters(Outbox outbox, Members members, ServerSettings settings) {
        return new Letters(outbox, members, settings);
    }

    @Bean
    FirstOperator firstOperator(Invitations invitations, JdbcClient jdbc, ServerSettings settings) {
        return new FirstOperator(invitations, jdbc, settings);
    }

    @Bean
    OrganisationEndpoints organisationEndpoints(Memberships memberships, JdbcClient jdbc) {
        return new OrganisationEndpoints(memberships, jdbc);
    }

    @Bean
    OperatorEndpoints operatorEndpoints(AccessBook book, Standings standings, JdbcClient jdbc) {
        return new OperatorEndpoints(book, standings, jdbc);
    }

    @Bean
    InvitationEndpoints invitationEndpoints(
            Invitations invitations,
            Memberships memberships,
            Letters letters,
            OpenDoors doors,
            JdbcClient jdbc) {
        return new InvitationEndpoints(invitations, memberships, letters, doors, jdbc);
    }

    @Bean
    KeyEndpoints keyEndpoints(Keyring keyring, JdbcClient jdbc) {
        return new KeyEndpoints(keyring, jdbc);
    }

    @Bean
    PayeeEndpoints payeeEndpoints(
            AccessBook book, JdbcClient jdbc, InstantSource clock, TransferLimits limits) {
        return new PayeeEndpoints(book, jdbc, clock, limits);
    }

    @Bean
    SecurityNotes securityNotes(AccessBook book, JdbcClient jdbc) {
        return new SecurityNotes(book, jdbc);
    }
}
