package org.wattmark.emissions;

import java.util.Map;
import java.util.Optional;

/// Where the UK factors' first level of headings puts a row.
record PathCategory(ActivityKind kind, Category category) {

    private static final Map<String, PathCategory> BY_HEADING =
            Map.ofEntries(
                    at("Fuels", ActivityKind.FUEL, Category.STATIONARY_COMBUSTION),
                    at("Bioenergy", ActivityKind.FUEL, Category.STATIONARY_COMBUSTION),
                    at("Refrigerant & other", ActivityKind.REFRIGERANT, Category.FUGITIVE),
                    at("Passenger vehicles", ActivityKind.VEHICLE, Category.MOBILE_COMBUSTION),
                    at("Delivery vehicles", ActivityKind.VEHICLE, Category.MOBILE_COMBUSTION),
                    at("UK electricity", ActivityKind.ELECTRICITY, Category.PURCHASED_ELECTRICITY),
                    at(
                            "UK electricity for EVs",
                            ActivityKind.VEHICLE,
                            Category.PURCHASED_ELECTRICITY),
                    at("Heat and steam", ActivityKind.HEAT, Category.PURCHASED_HEAT),
                    at(
                            "Transmission and distribution",
                            ActivityKind.OTHER,
                            Category.FUEL_AND_ENERGY),
                    at("UK electricity T&D for EVs", ActivityKind.OTHER, Category.FUEL_AND_ENERGY),
                    at("WTT- fuels", ActivityKind.OTHER, Category.FUEL_AND_ENERGY),
                    at("WTT- bioenergy", ActivityKind.OTHER, Category.FUEL_AND_ENERGY),
                    at("WTT- UK electricity", ActivityKind.OTHER, Category.FUEL_AND_ENERGY),
                    at("WTT- heat and steam", ActivityKind.OTHER, Category.FUEL_AND_ENERGY),
                    at(
                            "WTT- pass vehs & travel- land",
                            ActivityKind.OTHER,
                            Category.FUEL_AND_ENERGY),
                    at(
                            "WTT- delivery vehs & freight",
                            ActivityKind.OTHER,
                            Category.UPSTREAM_TRANSPORT),
                    at("WTT- business travel- air", ActivityKind.OTHER, Category.BUSINESS_TRAVEL),
                    at("WTT- business travel- sea", ActivityKind.OTHER, Category.BUSINESS_TRAVEL),
                    at("Water supply", ActivityKind.WATER, Category.PURCHASED_GOODS),
                    at("Water treatment", ActivityKind.WATER, Category.WASTE),
                    at("Material use", ActivityKind.MATERIAL, Category.PURCHASED_GOODS),
                    at("Waste disposal", ActivityKind.WASTE, Category.WASTE),
                    at("Business travel- air", ActivityKind.TRAVEL, Category.BUSINESS_TRAVEL),
                    at("Business travel- sea", ActivityKind.TRAVEL, Category.BUSINESS_TRAVEL),
                    at("Business travel- land", ActivityKind.TRAVEL, Category.BUSINESS_TRAVEL),
                    at("Freighting goods", ActivityKind.FREIGHT, Category.UPSTREAM_TRANSPORT),
                    at("Hotel stay", ActivityKind.TRAVEL, Category.BUSINESS_TRAVEL),
                    at("Managed assets- electricity", ActivityKind.OTHER, Category.UPSTREAM_LEASED),
                    at("Managed assets- vehicles", ActivityKind.OTHER, Category.UPSTREAM_LEASED),
                    at("Homeworking", ActivityKind.HOMEWORKING, Category.EMPLOYEE_COMMUTING),
                    at("Outside of scopes", ActivityKind.OTHER, Category.BIOGENIC));

    private static Map.Entry<String, PathCategory> at(
            String heading, ActivityKind kind, Category category) {
        return Map.entry(heading, new PathCategory(kind, category));
    }

    /// Nothing for rows that are not emissions, such as kilowatt-hours of a mile.
    static Optional<PathCategory> of(String path) {
        return Optional.ofNullable(BY_HEADING.get(path.substring(0, path.indexOf('/'))));
    }
}
