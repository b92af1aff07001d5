package org.wattmark.server.accounts;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.wattmark.server.accounts.InventoryView.LineView;

/// A report as a page: HTML that needs no script, and the PDF that is made of it.
///
/// The PDF's fonts are those that every reader has, which know Latin letters: others show as `#`.
final class ReportPage {

    private static final String STYLE =
            """
            @page { size: A4; margin: 18mm 16mm;
                @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt } }
            body { font-family: Helvetica, Arial, sans-serif; font-size: 9.5pt; color: #14201b;
                max-width: 1000px; margin: auto }
            h1 { font-size: 18pt; margin: 0 0 2pt 0 }
            h2 { font-size: 12pt; margin: 16pt 0 4pt 0 }
            table { width: 100%; border-collapse: collapse }
            th, td { text-align: left; padding: 3pt 4pt; border-bottom: 1px solid #c9d1cc;
                vertical-align: top }
            td.n, th.n { text-align: right; white-space: nowrap }
            .note { color: #4f5d57; font-size: 8.5pt }
            .formula { font-size: 8pt; word-wrap: break-word }
            tr { page-break-inside: avoid }
            """;

    static {
        XRLog.setLoggingEnabled(false); // it tells of every style that it does not know
    }

    private final InventoryView inventory;
    private final String sha256;
    private final StringBuilder html = new StringBuilder();

    private ReportPage(InventoryView inventory, String sha256) {
        this.inventory = inventory;
        this.sha256 = sha256;
    }

    static byte[] pdf(InventoryView inventory, String sha256) {
        var bytes = new ByteArrayOutputStream();
        var builder = new PdfRendererBuilder();
        // Nothing outside of the page is ever read, whatever it names.
        builder.useUriResolver((_, _) -> null);
        builder.withHtmlContent(html(inventory, sha256).replace("₂", "2"), null);
        builder.withProducer("Wattmark");
        builder.toStream(bytes);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String html(InventoryView inventory, String sha256) {
        return new ReportPage(inventory, sha256).html();
    }

    private String html() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>")
                .append(escaped("Greenhouse gas inventory of " + inventory.organisation()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>");
        element("h1", "Greenhouse gas inventory");
        element(
                "p",
                inventory.organisation()
                        + ", "
                        + inventory.firstDay()
                        + " to "
                        + inventory.lastDay()
                        + ". Organisational boundary: "
                        + inventory.boundary().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                        + ".");
        if (!inventory.complete()) {
            element(
                    "p",
                    "Not complete: "
                            + inventory.questions().size()
                            + " activities have no factor yet and are not counted.");
        }
        totals();
        categories();
        retired();
        table("EFRAG VSME, basic module, B3", inventory.disclosures().vsmeB3());
        table("UK Streamlined Energy and Carbon Reporting", inventory.disclosures().secr());
        lines();
        factors();
        method();
        return html.append("</body></html>").toString();
    }

    private void totals() {
        element("h2", "Totals");
        html.append("<table>");
        head("", "t CO₂e", inventory.baseYear() == null ? "" : "base year");
        var base =
                inventory.baseYear() == null
                        ? null
                        : ReportFiles.totals(inventory.baseYear().totals());
        ReportFiles.totals(inventory.totals())
                .forEach((label, grams) ->
                        row(
                                label,
                                Texts.tonnes(grams),
                                base == null ? "" : Texts.tonnes(base.getOrDefault(label, 0L))));
        html.append("</table>");
    }

    private void categories() {
        element("h2", "By category");
        html.append("<table>");
        head("", "kg CO₂e", "");
        for (var each : inventory.categories()) {
            var number = each.number() == 0 ? "" : " " + each.number();
            row(
                    "Scope " + each.scope() + number + ": " + each.category(),
                    ReportFiles.kilograms(each.exactGrams()),
                    "");
        }
        html.append("</table>");
    }

    private void retired() {
        element("h2", "Credits retired in the year");
        element(
                "p",
                "The firm retired "
                        + Texts.tonnes(Long.parseLong(inventory.retiredGrams()))
                        + " t CO₂e of credits. They are shown apart: no credit makes a total above"
                        + " smaller.");
    }

    private void table(String title, List<InventoryView.RowView> rows) {
        element("h2", title);
        html.append("<table>");
        rows.forEach(each -> row(each.label(), each.value(), each.unit()));
        html.append("</table>");
    }

    private void lines() {
        element("h2", "Lines");
        html.append("<table>");
        head("Site and item", "kg CO₂e", "");
        for (var line : inventory.lines()) {
            html.append("<tr><td>")
                    .append(escaped(line.siteName() + ": " + line.itemName()))
                    .append("<div class=\"note\">")
                    .append(escaped(line.category() + method(line) + ", " + line.factor()))
                    .append("</div><div class=\"formula\">")
                    .append(escaped(line.explanation().formula()))
                    .append("</div></td><td class=\"n\">")
                    .append(escaped(ReportFiles.kilograms(line.exactGrams())))
                    .append("</td><td class=\"n\">")
                    .append(
                            line.estimatedActivities() == 0
                                    ? ""
                                    : line.estimatedActivities() + " estimated")
                    .append("</td></tr>");
        }
        html.append("</table>");
    }

    private static String method(LineView line) {
        return switch (line.method()) {
            case "LOCATION_BASED" -> ", location-based";
            case "MARKET_BASED" -> ", market-based";
            default -> "";
        };
    }

    private void factors() {
        element("h2", "Factors");
        html.append("<table>");
        var seen = new LinkedHashMap<String, LineView>();
        inventory.lines().forEach(line -> seen.putIfAbsent(line.factor(), line));
        for (var line : seen.values()) {
            html.append("<tr><td>")
                    .append(escaped(line.factor() + ": " + line.explanation().factorValue()))
                    .append("<div class=\"note\">")
                    .append(
                            escaped(
                                    line.explanation().source()
                                            + ". "
                                            + line.explanation().licence()
                                            + ". "
                                            + line.explanation().url()))
                    .append("</div></td></tr>");
        }
        html.append("</table>");
    }

    private void method() {
        element("h2", "Method");
        element(
                "p",
                "GHG Protocol Corporate Standard, Scope 2 Guidance and Corporate Value Chain"
                        + " Standard. Factor set "
                        + inventory.factorSet()
                        + ", factors of "
                        + inventory.factorYear()
                        + ". Lines are exact; each scope is rounded up once, to a whole gram."
                        + " Nobody outside of the firm has checked this report.");
        element("p", "SHA-256 of the report's content: " + sha256);
    }

    private void head(String one, String two, String three) {
        html.append("<tr><th>")
                .append(escaped(one))
                .append("</th><th class=\"n\">")
                .append(escaped(two))
                .append("</th><th class=\"n\">")
                .append(escaped(three))
                .append("</th></tr>");
    }

    private void row(String one, String two, String three) {
        html.append("<tr><td>")
                .append(escaped(one))
                .append("</td><td class=\"n\">")
                .append(escaped(two))
                .append("</td><td class=\"n\">")
                .append(escaped(three))
                .append("</td></tr>");
    }

    private void element(String name, String text) {
        html.append('<')
                .append(name)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(name)
                .append('>');
    }

    private static String escaped(String text) {
        return Texts.escaped(text);
    }
}
