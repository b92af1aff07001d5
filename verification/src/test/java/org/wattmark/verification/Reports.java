package org.wattmark.verification;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Share;
import org.wattmark.verification.DeemedInstallations.Lamps;
import org.wattmark.verification.DeemedInstallations.RunTime;

/// Reports of small firms, as the worked examples have them.
final class Reports {

    static final FactorLibraries FACTORS = FactorLibraries.shipped();
    static final Map<Year, BigDecimal> NOTHING_CARRIED = Map.of();

    private Reports() {}

    static BigDecimal number(String plain) {
        return new BigDecimal(plain);
    }

    static Sha256 hash(String content) {
        return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
    }

    static Reported reported(String region, Document.Kind... kinds) {
        return new Reported(
                region,
                Arrays.stream(kinds).map(kind -> new Document(kind, hash(kind.name()))).toList(),
                Leakage.none("what was replaced was scrapped"));
    }

    static Reported lampsReported() {
        return reported("GBR", Document.Kind.INVOICE, Document.Kind.METER_RECORD);
    }

    /// 120 lamps of 40 W in place of 90 W for 2,600 h.
    static Lamps lamps() {
        return new Lamps(
                "LED tubes",
                120,
                number("90"),
                number("40"),
                Optional.empty(),
                RunTime.logged("2600"));
    }

    static DeemedInstallations lampsOf(Reported reported, DeemedInstallations.Line... lines) {
        return new DeemedInstallations(
                reported, List.of(lines), Share.ofPercent(8), Optional.of("ifi-2021/GBR/cm-firm"));
    }

    static DeemedInstallations workedLamps() {
        return lampsOf(lampsReported(), lamps());
    }

    static Quantification quantify(MonitoredData data) {
        return Methodologies.of(data)
                .quantify(data, Given.YEAR_2025, Given.LONDON, NOTHING_CARRIED, FACTORS);
    }

    static MethodologyFinding finding(Quantification quantified, MethodologyFinding.Code code) {
        return quantified.findings().stream()
                .filter(finding -> finding.code() == code)
                .findFirst()
                .orElseThrow();
    }
}
