package org.wattmark.server.metering;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.DeviceSignature;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.Site;

/// A device's answer to a challenge, and what its owner says of it.
///
/// @param nonce of the challenge
/// @param signature of the challenge's `signing_bytes` by the device's key, in Base64
/// @param intervalSeconds a whole part of a day, 900 if it is left out
/// @param simulated whether software stands in for a meter
record BondBody(
        String nonce,
        String signature,
        SiteBody site,
        InstallationBody installation,
        AssuranceTier tier,
        @Nullable Long intervalSeconds,
        boolean simulated,
        DeclarationBody declaration) {

    BondBody {
        Fields.present("nonce", nonce);
        Fields.present("signature", signature);
        Fields.present("site", site);
        Fields.present("installation", installation);
        Fields.present("tier", tier);
        Fields.present("declaration", declaration);
    }

    Nonce challengeNonce() {
        return Fields.at("/nonce", () -> new Nonce(nonce));
    }

    /// The command, with the device that the challenge names.
    BondDevice toCommand(UUID account, BondChallenge challenge) {
        if (tier == AssuranceTier.T3) {
            throw Fields.invalid("/tier", "T3 is given after a verifier's visit; bond it as T2");
        }
        var device =
                new Device(
                        challenge.device(),
                        challenge.key(),
                        challenge.owner(),
                        site.toSite(),
                        installation.toInstallation(),
                        tier,
                        Device.DEFAULT_INTERVAL,
                        simulated);
        return new BondDevice(
                account,
                intervalSeconds == null ? device : withInterval(device, intervalSeconds),
                declaration.toDeclaration(),
                challenge,
                signatureAt("/signature", signature));
    }

    private static Device withInterval(Device device, long seconds) {
        return Fields.at(
                "/interval_seconds",
                () ->
                        new Device(
                                device.id(),
                                device.key(),
                                device.owner(),
                                device.site(),
                                device.installation(),
                                device.tier(),
                                Duration.ofSeconds(seconds),
                                device.simulated()));
    }

    /// Reads a signature in Base64.
    static DeviceSignature signatureAt(String pointer, String base64) {
        return Fields.at(
                pointer,
                () -> {
                    var bytes = Base64.getDecoder().decode(base64);
                    if (bytes.length != 64) {
                        throw new IllegalArgumentException(
                                "an Ed25519 signature has 64 bytes, not " + bytes.length);
                    }
                    return DeviceSignature.of(bytes);
                });
    }

    /// What is asked to be bonded.
    ///
    /// @param deviceId a UUID of the client's choice; if it is left out, one is made
    /// @param key the device's public key, 32 bytes in lower-case hexadecimal digits
    record ChallengeBody(@Nullable UUID deviceId, String key, DeclarationBody declaration) {

        ChallengeBody {
            Fields.present("key", key);
            Fields.present("declaration", declaration);
        }

        DeviceKey deviceKey() {
            return Fields.at("/key", () -> new DeviceKey(key));
        }
    }

    /// @param zone IANA time zone, such as `Europe/Berlin`
    /// @param country ISO 3166-1 alpha-2
    record SiteBody(
            String zone,
            BigDecimal latitude,
            BigDecimal longitude,
            int altitudeMetres,
            String country) {

        SiteBody {
            Fields.present("zone", zone);
            Fields.present("latitude", latitude);
            Fields.present("longitude", longitude);
            Fields.present("country", country);
        }

        /// Finer places than a hundredth of a metre are a mistake, and would not fit into bytes.
        private static final int MOST_DIGITS = 40;

        Site toSite() {
            return Fields.at(
                    "/site",
                    () -> {
                        if (latitude.scale() > MOST_DIGITS || longitude.scale() > MOST_DIGITS) {
                            throw new IllegalArgumentException("too many decimal places");
                        }
                        return new Site(
                                ZoneId.of(zone), latitude, longitude, altitudeMetres, country);
                    });
        }

        static SiteBody of(Site site) {
            return new SiteBody(
                    site.zone().getId(),
                    site.latitude(),
                    site.longitude(),
                    site.altitudeMetres(),
                    site.country());
        }
    }

    record InstallationBody(long wattsPeak, Mounting mounting) {

        InstallationBody {
            Fields.present("mounting", mounting);
        }

        Installation toInstallation() {
            return Fields.at("/installation", () -> new Installation(wattsPeak, mounting));
        }

        static InstallationBody of(Installation installation) {
            return new InstallationBody(installation.wattsPeak(), installation.mounting());
        }
    }

    record DeclarationBody(
            List<String> otherSchemes,
            List<String> supportPayments,
            List<ExternalIdBody> externalIds,
            boolean capAndTradeCovered) {

        private static final int LONGEST = 200;

        DeclarationBody {
            Fields.present("other_schemes", otherSchemes).forEach(DeclarationBody::check);
            Fields.present("support_payments", supportPayments).forEach(DeclarationBody::check);
            Fields.present("external_ids", externalIds)
                    .forEach(each -> Fields.present("an external id", each));
        }

        static String check(@Nullable String text) {
            if (text == null || text.isBlank() || text.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "an entry has 1 to " + LONGEST + " characters that are not all blank");
            }
            return text;
        }

        ExclusivityDeclaration toDeclaration() {
            return Fields.at(
                    "/declaration",
                    () ->
                            new ExclusivityDeclaration(
                                    otherSchemes,
                                    supportPayments,
                                    externalIds.stream()
                                            .map(each -> new ExternalId(each.scheme(), each.id()))
                                            .toList(),
                                    capAndTradeCovered));
        }

        static DeclarationBody of(ExclusivityDeclaration declared) {
            return new DeclarationBody(
                    declared.otherSchemes(),
                    declared.supportPayments(),
                    declared.externalIds().stream()
                            .map(each -> new ExternalIdBody(each.scheme(), each.id()))
                            .toList(),
                    declared.capAndTradeCovered());
        }
    }

    /// How another scheme calls the device.
    record ExternalIdBody(String scheme, String id) {

        ExternalIdBody {
            DeclarationBody.check(scheme);
            DeclarationBody.check(id);
        }
    }
}
