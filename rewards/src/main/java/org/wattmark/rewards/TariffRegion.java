package org.wattmark.rewards;

import java.util.regex.Pattern;

/// Where an electricity tariff applies: a country (ISO 3166-1 alpha-2, `DE`) or a part of one (ISO
/// 3166-2, `US-AL`).
public record TariffRegion(String code) {

    private static final Pattern FORM = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");

    public TariffRegion {
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("a region is like DE or US-AL, not " + code);
        }
    }

    public String country() {
        return code.substring(0, 2);
    }

    @Override
    public String toString() {
        return code;
    }
}
