package org.wattmark.server.market;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.market.ApproveDeposit;
import org.wattmark.market.BuyCredits;
import org.wattmark.market.DepositStep;
import org.wattmark.market.Deposits;
import org.wattmark.market.Exchange;
import org.wattmark.market.FeeDiscounts;
import org.wattmark.market.ListCredits;
import org.wattmark.market.MarketRules;
import org.wattmark.market.Offering;
import org.wattmark.market.Purchase;
import org.wattmark.market.RejectDeposit;
import org.wattmark.market.RequestDeposit;
import org.wattmark.market.WithdrawListing;
import org.wattmark.market.Withdrawal;
import org.wattmark.registry.Registry;
import org.wattmark.registry.Unwinding;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.StepLimits;

/// The exchange and the deposits, their tables, and their endpoints.
@Configuration(proxyBeanMethods = false)
class MarketConfiguration {

    @Bean
    MarketRules marketRules() {
        return MarketRules.STANDARD;
    }

    @Bean
    Exchange exchange(
            Staging staging,
            Ledger ledger,
            Registry registry,
            MarketRules rules,
            FeeDiscounts discounts) {
        return new Exchange(staging, ledger, registry, rules, discounts);
    }

    /// What the registry asks before units stand still or go.
    @Bean
    Unwinding unwinding(Exchange exchange) {
        return exchange::unwind;
    }

    @Bean
    Deposits deposits(Staging staging, Ledger ledger) {
        return new Deposits(staging, ledger);
    }

    @Bean
    CommandHandlers marketCommands(Exchange exchange, Deposits deposits) {
        return CommandHandlers.of(ListCredits.class, Offering.class, exchange::list)
                .and(WithdrawListing.class, Withdrawal.class, exchange::withdraw)
                .and(BuyCredits.class, Purchase.class, exchange::buy)
                .and(RequestDeposit.class, DepositStep.class, deposits::request)
                .and(ApproveDeposit.class, DepositStep.class, deposits::approve)
                .and(RejectDeposit.class, DepositStep.class, deposits::reject);
    }

    @Bean
    Tables marketTables() {
        return MarketTables.all();
    }

    @Bean
    ListingEndpoints listingEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            MarketRules rules,
            StepLimits limits) {
        return new ListingEndpoints(sequencer, jdbc, organisations, rules, limits);
    }

    @Bean
    TradeEndpoints tradeEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations) {
        return new TradeEndpoints(sequencer, jdbc, organisations);
    }

    @Bean
    DepositEndpoints depositEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        return new DepositEndpoints(sequencer, jdbc);
    }

    @Bean
    BankMirrorEndpoints bankMirrorEndpoints(JdbcClient jdbc) {
        return new BankMirrorEndpoints(jdbc);
    }
}
