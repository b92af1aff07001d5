package org.wattmark.server.rewards;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.market.FeeDiscounts;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.rewards.Accrual;
import org.wattmark.rewards.AccrueRewards;
import org.wattmark.rewards.CorrectReward;
import org.wattmark.rewards.Correction;
import org.wattmark.rewards.DecideProposal;
import org.wattmark.rewards.EnrolDevice;
import org.wattmark.rewards.FeeAccounts;
import org.wattmark.rewards.FundPool;
import org.wattmark.rewards.Funding;
import org.wattmark.rewards.Joining;
import org.wattmark.rewards.LockStake;
import org.wattmark.rewards.Locking;
import org.wattmark.rewards.PayOut;
import org.wattmark.rewards.Payment;
import org.wattmark.rewards.Programmes;
import org.wattmark.rewards.ProposalStep;
import org.wattmark.rewards.Proposals;
import org.wattmark.rewards.Propose;
import org.wattmark.rewards.Rewards;
import org.wattmark.rewards.Stakes;
import org.wattmark.rewards.StakingRules;
import org.wattmark.rewards.UnlockStake;
import org.wattmark.rewards.Unlocking;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.LeaderChores;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.metering.JdbcReadings;
import org.wattmark.server.registry.Organisations;
import org.wattmark.verification.UnitClass;

/// The machines of rewards, their tables, their endpoints, and the chore that rewards.
@Configuration(proxyBeanMethods = false)
class RewardsConfiguration {

    private static final Duration BETWEEN_ACCRUALS = Duration.ofMinutes(5);

    @Bean
    StakingRules stakingRules() {
        return StakingRules.STANDARD;
    }

    @Bean
    FeeAccounts feeAccounts() {
        return new FeeAccounts(
                SystemAccounts.fees(UnitClass.LIVE).id(), SystemAccounts.fees(UnitClass.TEST).id());
    }

    @Bean
    Programmes programmes(Staging staging, Ledger ledger) {
        return new Programmes(staging, ledger);
    }

    @Bean
    Rewards rewards(Staging staging, Ledger ledger, Programmes programmes) {
        return new Rewards(staging, ledger, programmes);
    }

    @Bean
    Stakes stakes(
            Staging staging,
            Ledger ledger,
            Programmes programmes,
            Rewards rewards,
            StakingRules rules) {
        return new Stakes(staging, ledger, programmes, rewards, rules);
    }

    @Bean
    Proposals proposals(
            Staging staging, Programmes programmes, Stakes stakes, FeeAccounts accounts) {
        return new Proposals(staging, programmes, stakes, accounts);
    }

    /// What the market takes off its fees.
    @Bean
    FeeDiscounts feeDiscounts(Stakes stakes) {
        return stakes::feeDiscount;
    }

    @Bean
    CommandHandlers rewardCommands(
            Programmes programmes, Rewards rewards, Stakes stakes, Proposals proposals) {
        return CommandHandlers.of(Propose.class, ProposalStep.class, proposals::propose)
                .and(DecideProposal.class, ProposalStep.class, proposals::decide)
                .and(FundPool.class, Funding.class, programmes::fund)
                .and(EnrolDevice.class, Joining.class, rewards::enrol)
                .and(AccrueRewards.class, Accrual.class, rewards::accrue)
                .and(CorrectReward.class, Correction.class, rewards::correct)
                .and(PayOut.class, Payment.class, rewards::payOut)
                .and(LockStake.class, Locking.class, stakes::lock)
                .and(UnlockStake.class, Unlocking.class, stakes::unlock);
    }

    @Bean
    Tables rewardTables() {
        return RewardTables.all();
    }

    @Bean
    ProposalEndpoints proposalEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        return new ProposalEndpoints(sequencer, jdbc);
    }

    @Bean
    ProgrammeEndpoints programmeEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, StakingRules rules) {
        return new ProgrammeEndpoints(sequencer, jdbc, organisations, rules);
    }

    @Bean
    RewardEndpoints rewardEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            BondedDevices devices) {
        return new RewardEndpoints(sequencer, jdbc, organisations, devices);
    }

    @Bean
    StakeEndpoints stakeEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations) {
        return new StakeEndpoints(sequencer, jdbc, organisations);
    }

    @Bean
    RewardAccrual rewardAccrual(
            Sequencer sequencer,
            JdbcClient jdbc,
            BondedDevices devices,
            JdbcReadings readings,
            InstantSource clock) {
        return new RewardAccrual(sequencer, jdbc, devices, readings, clock);
    }

    @Bean
    RewardedDays rewardedDays(JdbcClient jdbc) {
        return new RewardedDays(jdbc);
    }

    @Bean
    LeaderChores rewardChores(Sequencer sequencer, RewardAccrual accrual) {
        return new LeaderChores(sequencer, "rewards").every(BETWEEN_ACCRUALS, accrual::run);
    }
}
