package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.wattmark.emissions.ActivityKind;
import org.wattmark.emissions.Category;
import org.wattmark.emissions.Inventory;
import org.wattmark.emissions.InventoryLine;
import org.wattmark.emissions.InventoryLine.Method;
import org.wattmark.emissions.Scope;
import org.wattmark.server.accounts.InventoryView.RowView;
import org.wattmark.server.accounts.Profiles.Profile;

/// Two tables that firms are asked for: energy and emissions of EFRAG's VSME, basic module, B3
/// (December 2024), and of the UK's Streamlined Energy and Carbon Reporting (the Companies
/// (Directors' Report) … Regulations 2018).
final class DisclosureTables {

    private static final BigDecimal GRAMS_PER_TONNE = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final Inventory inventory;
    private final Profile profile;

    private DisclosureTables(Inventory inventory, Profile profile) {
        this.inventory = inventory;
        this.profile = profile;
    }

    static InventoryView.Disclosures of(Inventory inventory, Profile profile) {
        var tables = new DisclosureTables(inventory, profile);
        return new InventoryView.Disclosures(tables.vsme(), tables.secr());
    }

    /// kWh of fuels, electricity and heat; empty if no source tells some of it.
    static Optional<BigDecimal> energyUsed(Inventory inventory, Profile profile) {
        var tables = new DisclosureTables(inventory, profile);
        return tables.linesOfUnknownEnergy() > 0
                ? Optional.empty()
                : Optional.of(
                        tables.energy(line ->
                                line.item().kind() == ActivityKind.ELECTRICITY
                                        || line.item().kind() == ActivityKind.HEAT
                                        || isFuel(line)));
    }

    private List<RowView> vsme() {
        var electricity = energy(line -> line.item().kind() == ActivityKind.ELECTRICITY);
        var heat = energy(line -> line.item().kind() == ActivityKind.HEAT);
        var renewable = renewableElectricity().min(electricity);
        var fuels = energy(DisclosureTables::isFuel);
        var bio = energy(line -> isFuel(line) && isBio(line));
        var rows = new ArrayList<RowView>();
        rows.add(megawattHours("Energy consumption, total", electricity.add(heat).add(fuels)));
        rows.add(megawattHours("Electricity, renewable (by contractual instruments)", renewable));
        rows.add(megawattHours("Electricity, non-renewable", electricity.subtract(renewable)));
        rows.add(megawattHours("Heat, steam and cooling bought", heat));
        rows.add(megawattHours("Fuels, renewable", bio));
        rows.add(megawattHours("Fuels, non-renewable", fuels.subtract(bio)));
        unknownEnergy(rows);
        rows.add(tonnes("Scope 1 emissions", total(Scope.ONE)));
        rows.add(tonnes("Scope 2 emissions, location-based", total(Scope.TWO)));
        rows.add(tonnes("Scope 1 and 2, location-based", total(Scope.ONE) + total(Scope.TWO)));
        rows.add(perTurnover(total(Scope.ONE) + total(Scope.TWO)));
        return rows;
    }

    private List<RowView> secr() {
        var fuel = energy(line -> isFuel(line) && !isTransport(line));
        var electricity = energy(line -> line.item().kind() == ActivityKind.ELECTRICITY);
        var transport =
                energy(line -> isTransport(line) || line.item().code().startsWith("business-car"));
        var rows = new ArrayList<RowView>();
        rows.add(kilowattHours("Energy: combustion of gas and other fuels", fuel));
        rows.add(kilowattHours("Energy: electricity bought", electricity));
        rows.add(kilowattHours("Energy: transport", transport));
        rows.add(kilowattHours("Energy, total", fuel.add(electricity).add(transport)));
        unknownEnergy(rows);
        rows.add(
                exact(
                        "Scope 1: combustion of gas and other fuels",
                        Category.STATIONARY_COMBUSTION));
        rows.add(exact("Scope 1: transport", Category.MOBILE_COMBUSTION));
        rows.add(exact("Scope 1: fugitive", Category.FUGITIVE));
        rows.add(exact("Scope 2: electricity bought", Category.PURCHASED_ELECTRICITY));
        var cars =
                grams(line -> line.item().code().startsWith("business-car"))
                        .setScale(0, RoundingMode.CEILING);
        rows.add(tonnes("Scope 3: business travel in cars not owned", cars.longValueExact()));
        long gross =
                Math.addExact(
                        Math.addExact(total(Scope.ONE), total(Scope.TWO)), cars.longValueExact());
        rows.add(tonnes("Total gross emissions of the above", gross));
        rows.add(perTurnover(gross));
        rows.add(perHead(gross));
        return rows;
    }

    /// What no publication tells the energy of is said and not counted as nothing.
    private void unknownEnergy(List<RowView> rows) {
        long unknown = linesOfUnknownEnergy();
        if (unknown > 0) {
            rows.add(
                    new RowView(
                            "Energy that no source tells, not in the above",
                            String.valueOf(unknown),
                            "lines"));
        }
    }

    private long linesOfUnknownEnergy() {
        return inventory.lines().stream()
                .filter(line -> isFuel(line) || isTransport(line))
                .filter(line -> !line.parts().isEmpty())
                .filter(line -> line.kilowattHours().isEmpty())
                .count();
    }

    private static boolean isFuel(InventoryLine line) {
        return line.item().kind() == ActivityKind.FUEL && line.category().scope() == Scope.ONE;
    }

    private static boolean isTransport(InventoryLine line) {
        return line.category() == Category.MOBILE_COMBUSTION;
    }

    private static boolean isBio(InventoryLine line) {
        return line.factor().path().startsWith("Bioenergy/");
    }

    /// kWh of primary lines, with the share of the site that counts.
    private BigDecimal energy(Predicate<InventoryLine> which) {
        return inventory.lines().stream()
                .filter(line -> line.method() != Method.MARKET_BASED)
                .filter(which)
                .flatMap(line ->
                        line
                                .kilowattHours()
                                .map(each -> each.multiply(line.share().fraction()))
                                .stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// kWh that instruments of no emissions cover.
    private BigDecimal renewableElectricity() {
        return inventory.lines().stream()
                .filter(line -> line.method() == Method.MARKET_BASED)
                .filter(line -> line.factor().id().startsWith("instrument/"))
                .filter(line -> line.factor().kilogramsPerUnit().signum() == 0)
                .map(line -> line.quantity().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal grams(Predicate<InventoryLine> which) {
        return inventory.lines().stream()
                .filter(line -> line.method() != Method.MARKET_BASED)
                .filter(line -> !line.parts().isEmpty())
                .filter(which)
                .map(InventoryLine::grams)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private long total(Scope scope) {
        return inventory.total(scope, Method.LOCATION_BASED).grams();
    }

    private static RowView megawattHours(String label, BigDecimal kilowattHours) {
        return new RowView(
                label,
                kilowattHours.movePointLeft(3).setScale(3, RoundingMode.CEILING).toPlainString(),
                "MWh");
    }

    private static RowView kilowattHours(String label, BigDecimal kilowattHours) {
        return new RowView(
                label, kilowattHours.setScale(0, RoundingMode.CEILING).toPlainString(), "kWh");
    }

    private static RowView tonnes(String label, long grams) {
        return new RowView(label, Texts.tonnes(grams), "tCO2e");
    }

    private RowView exact(String label, Category category) {
        return new RowView(
                label, Texts.tonnes(inventory.exact(category, Method.LOCATION_BASED)), "tCO2e");
    }

    private RowView perTurnover(long grams) {
        var label = "Intensity per turnover";
        var turnover = profile.turnover();
        if (turnover == null) {
            return new RowView(label, "not told: enter the turnover in the profile", "");
        }
        var major =
                BigDecimal.valueOf(
                        turnover.minorUnits(), turnover.currency().getDefaultFractionDigits());
        var tonnes =
                BigDecimal.valueOf(grams)
                        .multiply(MILLION)
                        .divide(major.multiply(GRAMS_PER_TONNE), 3, RoundingMode.CEILING);
        return new RowView(
                label,
                tonnes.toPlainString(),
                "tCO2e per million " + turnover.currency().getCurrencyCode());
    }

    private RowView perHead(long grams) {
        var label = "Intensity per employee";
        var heads = profile.headcount();
        return heads == null
                ? new RowView(label, "not told: enter the headcount in the profile", "")
                : new RowView(
                        label,
                        BigDecimal.valueOf(grams)
                                .divide(
                                        GRAMS_PER_TONNE.multiply(BigDecimal.valueOf(heads)),
                                        3,
                                        RoundingMode.CEILING)
                                .toPlainString(),
                        "tCO2e per employee");
    }
}
