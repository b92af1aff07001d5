package org.wattmark.server.certificates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.registry.ClaimGuard.Market;
import org.wattmark.registry.ClaimGuard.Purpose;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.Serials;
import org.wattmark.server.certificates.Certificates.Found;
import org.wattmark.server.registry.ProgrammeGaps;
import org.wattmark.tlog.Merkle;
import org.wattmark.tlog.Verdict;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;

/// A certificate as a page that needs neither a login nor a script.
final class CertificatePage {

    private static final String STYLE = resource("/pages/certificate.css");

    /// Nothing but the page's own style, known by its hash, and pictures within the page.
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'sha256-"
                    + sha256(STYLE)
                    + "'; img-src 'self' data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final Found found;
    private final RetirementStatement statement;
    private final History.Origin origin;
    private final URI self;
    private final StringBuilder html = new StringBuilder(16_000);

    private CertificatePage(Found found, History.Origin origin, URI self) {
        this.found = found;
        this.statement = found.statement();
        this.origin = origin;
        this.self = self;
    }

    /// @param self where everybody finds this page
    /// @param verdict of the check that was made for this request; null while there is no proof
    static String of(
            Found found,
            History.Origin origin,
            List<History.Event> events,
            @Nullable Verdict verdict,
            URI self) {
        var page = new CertificatePage(found, origin, self);
        page.head();
        page.headline();
        page.facts();
        page.words();
        page.gaps();
        page.check(verdict);
        page.offline();
        page.history(events);
        page.end();
        return page.html.toString();
    }

    private boolean isTest() {
        return statement.unitClass() == UnitClass.TEST;
    }

    /// The sentence without mark-up, for titles and previews.
    static String headline(RetirementStatement statement) {
        var purpose = statement.purpose();
        return (statement.unitClass() == UnitClass.TEST ? "TEST, NOT REAL. " : "")
                + statement.beneficiary()
                + " retired "
                + Texts.both(statement.quantity())
                + " on "
                + Texts.day(statement.at())
                + (purpose.isEmpty() ? "" : " for: " + purpose)
                + ".";
    }

    private void head() {
        var title = "Certificate " + Serials.of(statement);
        var sentence =
                found.isErased()
                        ? "%s retired on %s; for whom was erased."
                                .formatted(
                                        Texts.both(statement.quantity()), Texts.day(statement.at()))
                        : headline(statement);
        put(
                """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>%s · Wattmark</title>
                <meta name="description" content="%s">
                <meta property="og:type" content="website">
                <meta property="og:site_name" content="Wattmark">
                <meta property="og:title" content="%s">
                <meta property="og:description" content="%s">
                <meta property="og:url" content="%s">
                <link rel="canonical" href="%s">
                """,
                title,
                sentence,
                (isTest() ? "TEST, NOT REAL: " : "") + title,
                sentence,
                self,
                self);
        // Not escaped: the policy names the hash of exactly this text.
        html.append("<style>").append(STYLE).append("</style></head><body>");
    }

    private void headline() {
        if (isTest()) {
            html.append("<div class=\"mark\" aria-hidden=\"true\">TEST</div>");
        }
        html.append("<main><p class=\"brand\">Wattmark retirement certificate</p><p>");
        if (isTest()) {
            html.append("<span class=\"pill TEST\">◇ TEST</span> ");
        }
        var status = found.status();
        put("<span class=\"pill %s\">%s</span></p>", status.standing(), pill(status.standing()));
        if (isTest()) {
            html.append(
                    "<p class=\"test\">TEST, not real: simulated or demo-approved units. Nothing"
                            + " may be said with them.</p>");
        }
        if (found.isErased()) {
            put(
                    "<h1><b>%s</b> were retired on %s.</h1>",
                    Texts.both(statement.quantity()), Texts.day(statement.at()));
            html.append(
                    "<p class=\"box\">For whom and why was erased. What is below is still proven by"
                            + " the public log; who retired can no longer be.</p>");
        } else {
            put(
                    "<h1><b><bdi>%s</bdi></b> retired <b>%s</b> on %s",
                    statement.beneficiary(),
                    Texts.both(statement.quantity()),
                    Texts.day(statement.at()));
            if (!statement.purpose().isEmpty()) {
                put(" for <i><bdi>%s</bdi></i>", statement.purpose());
            }
            html.append(".</h1>");
            purposeNote();
        }
        changed(status);
    }

    private void purposeNote() {
        if (ClaimGuard.overstates(statement.purpose())
                || ClaimGuard.overstates(statement.beneficiary())) {
            html.append(
                    "<p class=\"note\">These are the holder's own words. They say more than the"
                            + " evidence supports: see what may be said below.</p>");
        } else if (!statement.purpose().isEmpty()) {
            html.append("<p class=\"note\">The purpose is in the holder's own words.</p>");
        }
    }

    private void changed(Certificates.Status status) {
        if (status.standing() != ClaimGuard.Standing.VALID) {
            var reason = status.reason();
            put(
                    "<p class=\"box no\"><b>%s since %s.</b> %s</p>",
                    status.standing(), Texts.moment(status.since()), reason == null ? "" : reason);
        }
    }

    /// The word and a sign: colour alone tells nobody anything.
    private static String pill(ClaimGuard.Standing standing) {
        return switch (standing) {
            case VALID -> "✓ VALID";
            case SUSPENDED -> "‖ SUSPENDED";
            case RECALLED -> "✗ RECALLED";
            case REVERSED -> "✗ REVERSED";
        };
    }

    private void facts() {
        html.append("<h2>What it is</h2><div class=\"wrap\"><dl class=\"grow\">");
        fact("Quantity", Texts.both(statement.quantity()) + "; 1 credit = 1 t CO2e");
        fact("Kind", "emissions avoided, not taken out of the air");
        fact("Project", origin.projectTitle() + " (" + statement.project() + ")");
        fact("Country", Texts.country(statement.region()));
        fact("Vintage", statement.vintage().toString());
        origin.verification()
                .ifPresent(it ->
                        fact(
                                "Monitoring period",
                                Texts.moment(it.monitoringPeriod().start())
                                        + " to "
                                        + Texts.moment(it.monitoringPeriod().end())));
        fact("Methodology", statement.methodology().toString());
        fact("Evidence", ClaimGuard.evidence(statement.tier()));
        fact("Verified by", verifiedBy());
        fact("Serials", Serials.of(statement));
        fact("Block", statement.block().toString());
        fact("Retired", Texts.moment(statement.at()));
        html.append("</dl>").append(QrCode.of(self.toString()).svg()).append("</div>");
        links();
    }

    private String verifiedBy() {
        return switch (statement.verifiedBy()) {
            case VerifiedBy.Verifier(var organisation) ->
                    origin.verifier()
                            .map(it -> it + " (" + organisation + ")")
                            .orElse(organisation.toString());
            case VerifiedBy.Machine(var policy, var version) ->
                    "machine-checked, not verified by a third party (policy %s/%d)"
                            .formatted(policy, version);
        };
    }

    private void fact(String name, String value) {
        put("<dt>%s</dt><dd>%s</dd>", name, value);
    }

    private void links() {
        var api = "/api/v1/certificates/" + statement.id();
        html.append("<ul class=\"links\" aria-label=\"Other forms\">");
        if (!found.isErased()) {
            link(api, "Certificate (JSON)");
            link(api + "/pdf", "PDF");
            link(api + "/credential", "Verifiable credential");
        }
        link(api + "/serials", "Serials (CSV)");
        link(api + "/provenance", "Provenance (JSON)");
        html.append("</ul>");
    }

    private void link(String path, String name) {
        put("<li><a href=\"%s\">%s</a></li>", path, name);
    }

    private void words() {
        var standing = found.status().standing();
        html.append("<section class=\"box\"><h2>What may be said with it</h2>");
        var wording = ClaimGuard.of(statement, standing, Market.OTHER, Purpose.STATEMENT);
        put(wording.supported() ? "<p>“%s”</p>" : "<p><b>%s</b></p>", wording.sentence());
        if (wording.supported()) {
            html.append("<ul class=\"note\">");
            for (var market : Market.values()) {
                put("<li>%s</li>", market.rule());
            }
            put(
                    "<li>%s</li></ul>",
                    ClaimGuard.of(statement, standing, Market.OTHER, Purpose.PRODUCT).sentence());
        }
        html.append("</section>");
    }

    /// Never a label: what is missing, and whose it would be to give.
    private void gaps() {
        html.append("<section class=\"box\"><h2>What programmes outside ask for</h2>");
        put("<p>%s Missing:</p><ul class=\"note\">", ProgrammeGaps.NOTICE);
        for (var gap : origin.gaps()) {
            put("<li>%s</li>", Texts.words(gap));
        }
        html.append("</ul></section>");
    }

    private void check(@Nullable Verdict verdict) {
        html.append("<section class=\"box\"><h2>Checked just now</h2>");
        switch (verdict) {
            case null ->
                    html.append(
                            "<p>No signed checkpoint covers it yet. That takes about a second:"
                                    + " load the page again.</p>");
            case Verdict.Logged(var checkpoint, var cosignatures, var _) -> {
                html.append("<ul>");
                put("<li>✓ Signature of the log %s on its checkpoint</li>", checkpoint.origin());
                put(
                        "<li>✓ In the public log: leaf %s of %s</li>",
                        History.sequenceOf(found), checkpoint.size());
                put("<li>%s</li>", witnessed(cosignatures.size()));
                html.append(
                        found.isErased()
                                ? "<li>– For whom and why: erased, so not checked</li>"
                                : "<li>✓ For whom and why: as the log commits to</li>");
                put("<li>%s</li></ul>", status());
            }
            case Verdict.UnknownLog(var name, var _) ->
                    put("<p class=\"no\"><b>✗ Signed by %s, which is not this log.</b></p>", name);
            case Verdict.BadSignature _ ->
                    html.append("<p class=\"no\"><b>✗ The signature is false.</b></p>");
            case Verdict.NotIncluded _ ->
                    html.append("<p class=\"no\"><b>✗ Not in the public log.</b></p>");
            case Verdict.NotWitnessed _ ->
                    html.append("<p class=\"no\"><b>✗ Too few witnesses have signed.</b></p>");
        }
        hashes();
        html.append("</section>");
    }

    private static String witnessed(int witnesses) {
        return switch (witnesses) {
            case 0 -> "– Cosigned by no witness";
            case 1 -> "✓ Cosigned by 1 witness";
            default -> "✓ Cosigned by " + witnesses + " witnesses";
        };
    }

    private String status() {
        var standing = found.status().standing();
        return standing == ClaimGuard.Standing.VALID
                ? "✓ Status: valid, as the registry has it now"
                : "✗ Status: " + standing;
    }

    private void hashes() {
        put(
                """
                <details><summary>Hashes</summary><dl class="mono"><dt>Leaf hash</dt><dd>%s</dd>
                """,
                Merkle.leafHash(found.leaf().toByteArray()).hex());
        found.proof()
                .map(it -> it.checkpoint().checkpoint())
                .ifPresent(it ->
                        put(
                                "<dt>Checkpoint</dt><dd>%s, size %s</dd><dt>Root</dt><dd>%s</dd>",
                                it.origin(), it.size(), it.root().hex()));
        html.append("</dl></details>");
    }

    private void offline() {
        html.append(
                "<section><h2>Check it without us</h2><p>This page checks itself, so do not take"
                        + " its word. Download the certificate and check it on your own machine,"
                        + " with no network:</p>");
        if (found.isErased()) {
            put(
                    "<pre><code>curl -O %s</code></pre>",
                    self.resolve("/api/v1/log/proofs/" + History.sequenceOf(found)));
        } else {
            put(
                    """
                    <pre><code>curl -o certificate.json %s
                    wattmark keys trust %s    # once; compare the key it shows
                    wattmark verify certificate.json --trust keys.txt</code></pre>
                    """,
                    self.resolve("/api/v1/certificates/" + statement.id()), self.resolve("/"));
        }
        html.append("</section>");
    }

    private void history(List<History.Event> events) {
        html.append("<section><h2>History</h2><ol>");
        for (var event : events) {
            put("<li><time datetime=\"%s\">%s</time>: ", event.at(), Texts.moment(event.at()));
            put("%s", event.what());
            event.sequence()
                    .ifPresent(it ->
                            put(
                                    " <a class=\"note\" href=\"/api/v1/log/proofs/%s\">proof of"
                                            + " entry %s</a>",
                                    it, it));
            html.append("</li>");
        }
        html.append("</ol></section>");
    }

    private void end() {
        html.append("</main><footer class=\"note\"><p>Wattmark units are of Wattmark's own")
                .append(" methodologies and of no other scheme.</p></footer></body></html>\n");
    }

    /// Puts text into a template. Every argument is escaped, without exception.
    private void put(String template, Object... arguments) {
        var escaped = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            escaped[i] = Texts.escaped(String.valueOf(arguments[i]));
        }
        html.append(template.formatted(escaped));
    }

    private static String sha256(String text) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    static String resource(String path) {
        try (var in = Objects.requireNonNull(CertificatePage.class.getResourceAsStream(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
