package org.wattmark.ledger;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.wattmark.units.Canonical;

/// Opens accounts; those that are open already stay as they are.
public record OpenAccounts(UUID id, List<Account> accounts)
        implements Command<OpenAccounts.Opened> {

    public OpenAccounts {
        accounts = List.copyOf(accounts);
    }

    /// With an id that follows from the accounts, so that the same wish is the same command.
    public static OpenAccounts of(Account... accounts) {
        var list = List.of(accounts);
        var hash = ByteBuffer.wrap(Canonical.sha256(contentOf(list)));
        return new OpenAccounts(
                Transfer.derivedId(new UUID(hash.getLong(), hash.getLong()), 0), list);
    }

    @Override
    public byte[] content() {
        return contentOf(accounts);
    }

    private static byte[] contentOf(List<Account> accounts) {
        var content = Canonical.of("wattmark/open-accounts/v1").number(accounts.size());
        accounts.forEach(each -> content.text(each.id().value()).text(each.kind().name()));
        return content.toByteArray();
    }

    @Override
    public Opened idStandsForAnother() {
        return new Opened(false);
    }

    /// @param done false only if the id was used for other accounts
    public record Opened(boolean done) {}
}
