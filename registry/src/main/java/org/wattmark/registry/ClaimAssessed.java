package org.wattmark.registry;

import java.util.Optional;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.VerificationStatement;

/// A claim was quantified and checked by machine.
///
/// @param next where that takes it: CHECKED, NEEDS_REVIEW or REFUSED
/// @param draft the statement that an approval would make, if the claim could be quantified
/// @param findings digest of the check report
public record ClaimAssessed(
        ClaimId claim, ClaimState next, Optional<VerificationStatement> draft, Sha256 findings)
        implements Fact {

    public static final String DOMAIN = "wattmark/claim-assessed/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(claim.value())
                .text(next.name())
                .bytes(draft.map(VerificationStatement::canonicalBytes).orElse(new byte[0]))
                .bytes(findings.bytes())
                .toByteArray();
    }

    public static ClaimAssessed of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        return ClaimBytes.checked(() -> {
            var claim = new ClaimId(reader.id());
            var next = ClaimState.valueOf(reader.text());
            var draft = Bytes.of(reader.bytes());
            var findings = Sha256.ofDigest(reader.bytes());
            reader.end();
            return new ClaimAssessed(
                    claim,
                    next,
                    draft.isEmpty()
                            ? Optional.empty()
                            : Optional.of(VerificationStatement.parse(draft.toByteArray())),
                    findings);
        });
    }
}
