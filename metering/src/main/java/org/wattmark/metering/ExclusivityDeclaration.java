package org.wattmark.metering;

import java.util.List;
import org.wattmark.units.Canonical;

/// What an owner declares about a device before it is bonded, so that its energy is claimed once:
/// what else claims or supports it. It is shown on the certificate.
///
/// @param otherSchemes certificate or credit schemes that the device is registered in
/// @param supportPayments feed-in tariffs, subsidies and other public support
/// @param externalIds how others call the device, unique across owners
/// @param capAndTradeCovered whether an emissions trading system covers its displaced emissions
public record ExclusivityDeclaration(
        List<String> otherSchemes,
        List<String> supportPayments,
        List<ExternalId> externalIds,
        boolean capAndTradeCovered) {

    /// A device that nobody else claims, supports or names.
    public static final ExclusivityDeclaration NOTHING_ELSE =
            new ExclusivityDeclaration(List.of(), List.of(), List.of(), false);

    private static final int MAX_ENTRIES = 32;

    public ExclusivityDeclaration {
        otherSchemes = List.copyOf(otherSchemes);
        supportPayments = List.copyOf(supportPayments);
        externalIds = List.copyOf(externalIds);
        if (otherSchemes.size() + supportPayments.size() + externalIds.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("more than " + MAX_ENTRIES + " entries");
        }
    }

    /// A name under another scheme, such as a grid operator's plant register.
    public record ExternalId(String scheme, String id) {}

    public byte[] canonicalBytes() {
        var bytes = Canonical.of("wattmark/exclusivity-declaration/v1").number(otherSchemes.size());
        otherSchemes.forEach(bytes::text);
        bytes.number(supportPayments.size());
        supportPayments.forEach(bytes::text);
        bytes.number(externalIds.size());
        externalIds.forEach(external -> bytes.text(external.scheme()).text(external.id()));
        return bytes.number(capAndTradeCovered ? 1 : 0).toByteArray();
    }

    public Sha256 sha256() {
        return Sha256.of(canonicalBytes());
    }
}
