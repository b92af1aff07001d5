package org.wattmark.emissions;

/// The part of a scope that a line belongs to. Those of scope 3 are numbered as in the GHG Protocol
/// Corporate Value Chain Standard, chapter 5.
public enum Category {
    STATIONARY_COMBUSTION(Scope.ONE, 0, "Stationary combustion"),
    MOBILE_COMBUSTION(Scope.ONE, 0, "Mobile combustion"),
    FUGITIVE(Scope.ONE, 0, "Fugitive emissions"),
    PURCHASED_ELECTRICITY(Scope.TWO, 0, "Purchased electricity"),
    PURCHASED_HEAT(Scope.TWO, 0, "Purchased heat, steam and cooling"),
    PURCHASED_GOODS(Scope.THREE, 1, "Purchased goods and services"),
    CAPITAL_GOODS(Scope.THREE, 2, "Capital goods"),
    FUEL_AND_ENERGY(Scope.THREE, 3, "Fuel- and energy-related activities"),
    UPSTREAM_TRANSPORT(Scope.THREE, 4, "Upstream transport and distribution"),
    WASTE(Scope.THREE, 5, "Waste generated in operations"),
    BUSINESS_TRAVEL(Scope.THREE, 6, "Business travel"),
    EMPLOYEE_COMMUTING(Scope.THREE, 7, "Employee commuting"),
    UPSTREAM_LEASED(Scope.THREE, 8, "Upstream leased assets"),
    DOWNSTREAM_TRANSPORT(Scope.THREE, 9, "Downstream transport and distribution"),
    PROCESSING(Scope.THREE, 10, "Processing of sold products"),
    USE_OF_PRODUCTS(Scope.THREE, 11, "Use of sold products"),
    END_OF_LIFE(Scope.THREE, 12, "End-of-life treatment of sold products"),
    DOWNSTREAM_LEASED(Scope.THREE, 13, "Downstream leased assets"),
    FRANCHISES(Scope.THREE, 14, "Franchises"),
    INVESTMENTS(Scope.THREE, 15, "Investments"),
    BIOGENIC(Scope.OUTSIDE, 0, "Biogenic CO₂, outside of scopes");

    private final Scope scope;
    private final int number;
    private final String title;

    Category(Scope scope, int number, String title) {
        this.scope = scope;
        this.number = number;
        this.title = title;
    }

    public Scope scope() {
        return scope;
    }

    /// 1 to 15 in scope 3, else 0.
    public int number() {
        return number;
    }

    public String title() {
        return title;
    }
}
