package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Canonical;

/// Rewards were paid out as money.
public record RewardsPaid(Payout payout) implements Committed {

    public static final String DOMAIN = "wattmark/rewards-paid/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/rewards-paid-published/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(payout.id())
                .id(payout.programme())
                .text(payout.account().value())
                .number(payout.microUnits())
                .money(payout.money())
                .instant(payout.at())
                .toByteArray();
    }

    @Override
    public String publishedDomain() {
        return PUBLISHED_DOMAIN;
    }

    @Override
    public UUID subject() {
        return payout.programme();
    }

    public static RewardsPaid of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN,
                content,
                reader ->
                        new RewardsPaid(
                                new Payout(
                                        reader.id(),
                                        reader.id(),
                                        new AccountId(reader.text()),
                                        reader.number(),
                                        reader.money(),
                                        reader.instant())));
    }
}
