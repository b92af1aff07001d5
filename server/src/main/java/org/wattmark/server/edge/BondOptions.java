package org.wattmark.server.edge;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Site;
import org.wattmark.server.CommandFailed;
import picocli.CommandLine.Option;

/// What the owner says of an installation when it is bonded.
final class BondOptions {

    @Option(names = "--zone", description = "With --register: a zone such as Europe/Berlin.")
    private @Nullable String zone;

    @Option(names = "--latitude", description = "With --register: degrees north.")
    private @Nullable BigDecimal latitude;

    @Option(names = "--longitude", description = "With --register: degrees east.")
    private @Nullable BigDecimal longitude;

    @Option(names = "--altitude", description = "With --register: metres above the sea.")
    private @Nullable Integer altitude;

    @Option(names = "--country", description = "With --register: ISO 3166-1, such as DE.")
    private @Nullable String country;

    @Option(names = "--watts-peak", description = "With --register: of all panels, in W.")
    private @Nullable Long wattsPeak;

    @Option(
            names = "--mounting",
            defaultValue = "FIXED",
            description = "With --register: ${COMPLETION-CANDIDATES}. Default: FIXED")
    private Mounting mounting = Mounting.FIXED;

    @Option(
            names = "--simulated",
            description =
                    "With --register: software stands in for what is read; all of it is TEST.")
    private boolean simulated;

    @Option(
            names = "--nothing-else",
            description =
                    "With --register: you declare that no other scheme claims this energy, that"
                            + " it is in no cap-and-trade system, and that no public support is"
                            + " paid for it.")
    private boolean nothingElse;

    @Option(
            names = "--other-scheme",
            paramLabel = "NAME",
            description = "With --register: another scheme that the installation is in.")
    private List<String> otherSchemes = new ArrayList<>();

    @Option(
            names = "--support-payment",
            paramLabel = "NAME",
            description = "With --register: a feed-in tariff or other public support.")
    private List<String> supportPayments = new ArrayList<>();

    @Option(
            names = "--external-id",
            paramLabel = "SCHEME=ID",
            description = "With --register: how another register calls the installation.")
    private Map<String, String> externalIds = Map.of();

    @Option(
            names = "--cap-and-trade",
            description = "With --register: an emissions trading system covers it.")
    private boolean capAndTrade;

    BondOptions() {}

    boolean simulated() {
        return simulated;
    }

    Site site() {
        var place = needed("--zone", zone);
        try {
            return new Site(
                    ZoneId.of(place),
                    needed("--latitude", latitude),
                    needed("--longitude", longitude),
                    needed("--altitude", altitude),
                    needed("--country", country));
        } catch (DateTimeException e) {
            throw new CommandFailed("--zone " + place + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("the site cannot be: " + e.getMessage());
        }
    }

    Installation installation() {
        try {
            return new Installation(needed("--watts-peak", wattsPeak), mounting);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("--watts-peak: " + e.getMessage());
        }
    }

    /// It is never made silently: whoever has nothing to declare says so.
    ExclusivityDeclaration declaration() {
        boolean something =
                !otherSchemes.isEmpty()
                        || !supportPayments.isEmpty()
                        || !externalIds.isEmpty()
                        || capAndTrade;
        if (nothingElse == something) {
            throw new CommandFailed(
                    "--register needs your declaration: either --nothing-else, or what there is"
                            + " of --other-scheme, --support-payment, --external-id and"
                            + " --cap-and-trade");
        }
        return new ExclusivityDeclaration(
                otherSchemes,
                supportPayments,
                externalIds.entrySet().stream()
                        .map(each -> new ExternalId(each.getKey(), each.getValue()))
                        .toList(),
                capAndTrade);
    }

    private static <T> T needed(String option, @Nullable T value) {
        if (value == null) {
            throw new CommandFailed("--register needs " + option);
        }
        return value;
    }
}
