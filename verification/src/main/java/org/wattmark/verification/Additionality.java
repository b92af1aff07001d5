package org.wattmark.verification;

import static org.wattmark.verification.Worksheet.inputs;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Money;
import org.wattmark.verification.MethodologyFinding.Code;

/// What a proponent answers to the question whether its project would have happened anyway. Answers
/// are recorded as they were given; what follows from them is said by [#findings].
///
/// @param beyondTheLaw whether no law, permit or contract asks for the project
/// @param law which ones were looked at: 1 to 1,000 characters
/// @param route why it would not have happened without credits
public record Additionality(boolean beyondTheLaw, String law, Route route) {

    public static final String DOMAIN = "wattmark/additionality/v1";

    private static final int MOST_CHARACTERS = 1_000;
    private static final int MOST_DOCUMENTS = 50;
    private static final String LISTED = "listed";
    private static final String HINDERED = "hindered";
    private static final String DEARER = "dearer";

    /// Kinds of project that count as additional below a size, where each sub-unit belongs to a
    /// household, a community or a small firm. Limits are those of the CDM's TOOL19 for microscale
    /// activities as Wattmark reads them; another reading is another version.
    public enum PositiveList {
        MICROSCALE_RENEWABLE(1_500, "kW"),
        MICROSCALE_EFFICIENCY(600, "MWh saved a year"),
        MICROSCALE_OTHER(600, "t CO2e a year");

        private final BigDecimal mostOfSubUnit;
        private final String unit;

        PositiveList(long mostOfSubUnit, String unit) {
            this.mostOfSubUnit = BigDecimal.valueOf(mostOfSubUnit);
            this.unit = unit;
        }

        /// The largest sub-unit that is on the list, in [#unit].
        public BigDecimal mostOfSubUnit() {
            return mostOfSubUnit;
        }

        public String unit() {
            return unit;
        }
    }

    /// What stands in a project's way (the CDM's TOOL21).
    public enum BarrierKind {
        INVESTMENT,
        ACCESS_TO_FINANCE,
        TECHNOLOGY,
        PREVAILING_PRACTICE,
        OTHER
    }

    /// Why the project would not have happened.
    public sealed interface Route {}

    /// It is on a positive list.
    ///
    /// @param largestSubUnit in the list's unit
    /// @param ofSmallUsers whether households, communities or small firms own each sub-unit
    public record Listed(PositiveList list, BigDecimal largestSubUnit, boolean ofSmallUsers)
            implements Route {

        public Listed {
            largestSubUnit = DataBytes.positive("the largest sub-unit", largestSubUnit);
        }
    }

    /// Something hinders it. A person judges that.
    public record Hindered(BarrierKind kind, String because, List<Sha256> documents)
            implements Route {

        public Hindered {
            DataBytes.words("what hinders it", because, MOST_CHARACTERS);
            documents = requireDocuments(documents);
        }
    }

    /// It costs more than going on as before.
    ///
    /// @param projectPerYear what the project costs a year, its investment spread over its life,
    ///   without income from credits
    /// @param baselinePerYear what going on as before costs a year, in the same currency
    public record Dearer(Money projectPerYear, Money baselinePerYear, List<Sha256> documents)
            implements Route {

        public Dearer {
            if (!projectPerYear.currency().equals(baselinePerYear.currency())) {
                throw new IllegalArgumentException("costs are compared in one currency");
            }
            documents = requireDocuments(documents);
        }
    }

    public Additionality {
        DataBytes.words("which laws were looked at", law, MOST_CHARACTERS);
    }

    private static List<Sha256> requireDocuments(List<Sha256> documents) {
        if (documents.isEmpty() || documents.size() > MOST_DOCUMENTS) {
            throw new IllegalArgumentException(
                    "a barrier or a cost is shown by 1 to " + MOST_DOCUMENTS + " documents");
        }
        return List.copyOf(documents);
    }

    /// What follows from the answers: regulatory surplus first, then the route.
    ///
    /// @param lists the positive lists of the project's methodology
    public List<MethodologyFinding> findings(Set<PositiveList> lists) {
        return List.of(regulatorySurplus(), way(lists));
    }

    private MethodologyFinding regulatorySurplus() {
        return finding(
                Code.REGULATORY_SURPLUS,
                inputs("beyond the law", beyondTheLaw ? "yes" : "no", "looked at", law),
                "no law, permit or contract asks for it",
                beyondTheLaw ? Outcome.INFO : Outcome.REJECT,
                "a project that the law does not ask for");
    }

    private MethodologyFinding way(Set<PositiveList> lists) {
        return switch (route) {
            case Listed listed -> judge(listed, lists);
            case Hindered(var kind, var because, var documents) ->
                    finding(
                            Code.ADDITIONALITY,
                            inputs(
                                    "barrier", kind.name(),
                                    "because", because,
                                    "documents", String.valueOf(documents.size())),
                            "a person finds the barrier real",
                            Outcome.HOLD,
                            "a validator who has read the documents");
            case Dearer(var project, var baseline, var documents) ->
                    finding(
                            Code.ADDITIONALITY,
                            inputs(
                                    "project a year", project.toString(),
                                    "as before a year", baseline.toString(),
                                    "documents", String.valueOf(documents.size())),
                            "the project costs more, and a person has read why",
                            project.minorUnits() > baseline.minorUnits()
                                    ? Outcome.HOLD
                                    : Outcome.REJECT,
                            "a validator who has read the documents; one that saves money is not"
                                    + " additional by its cost");
        };
    }

    private static MethodologyFinding judge(Listed listed, Set<PositiveList> lists) {
        boolean good =
                lists.contains(listed.list())
                        && listed.ofSmallUsers()
                        && listed.largestSubUnit().compareTo(listed.list().mostOfSubUnit()) <= 0;
        return finding(
                Code.ADDITIONALITY,
                inputs(
                        "positive list",
                        listed.list().name(),
                        "largest sub-unit",
                        listed.largestSubUnit().toPlainString() + " " + listed.list().unit(),
                        "of small users",
                        listed.ofSmallUsers() ? "yes" : "no"),
                "one of "
                        + lists.stream().sorted().toList()
                        + ", of small users, at most "
                        + listed.list().mostOfSubUnit().toPlainString()
                        + " "
                        + listed.list().unit(),
                good ? Outcome.INFO : Outcome.REJECT,
                "another route: a barrier, or a comparison of costs");
    }

    private static MethodologyFinding finding(
            Code code,
            Map<String, String> inputs,
            String threshold,
            Outcome outcome,
            String clearedBy) {
        return outcome == Outcome.INFO
                ? MethodologyFinding.kept(code, inputs, threshold)
                : new MethodologyFinding(code, inputs, threshold, outcome, clearedBy);
    }

    public byte[] content() {
        var bytes = Canonical.of(DOMAIN).number(beyondTheLaw ? 1 : 0).text(law);
        switch (route) {
            case Listed(var list, var largest, var ofSmallUsers) ->
                    bytes.text(LISTED)
                            .text(list.name())
                            .decimal(largest)
                            .number(ofSmallUsers ? 1 : 0);
            case Hindered(var kind, var because, var documents) -> {
                bytes.text(HINDERED).text(kind.name()).text(because);
                write(bytes, documents);
            }
            case Dearer(var project, var baseline, var documents) -> {
                bytes.text(DEARER).money(project).money(baseline);
                write(bytes, documents);
            }
        }
        return bytes.toByteArray();
    }

    private static void write(Canonical bytes, List<Sha256> documents) {
        bytes.number(documents.size());
        documents.forEach(document -> bytes.bytes(document.bytes()));
    }

    /// Reads what [#content] wrote; whatever is wrong with a stranger's bytes is `Malformed`.
    public static Additionality of(byte[] content) throws Malformed {
        try {
            var reader = new DataReader(Canonical.Reader.of(DOMAIN, content));
            var answers = new Additionality(reader.yes(), reader.text(), route(reader));
            reader.end();
            return answers;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Malformed("not answers on additionality: " + e.getMessage());
        }
    }

    private static Route route(DataReader reader) throws Malformed {
        var kind = reader.text();
        return switch (kind) {
            case LISTED ->
                    new Listed(reader.named(PositiveList.values()), reader.decimal(), reader.yes());
            case HINDERED ->
                    new Hindered(
                            reader.named(BarrierKind.values()),
                            reader.text(),
                            reader.list(MOST_DOCUMENTS, reader::digest));
            case DEARER ->
                    new Dearer(
                            reader.money(),
                            reader.money(),
                            reader.list(MOST_DOCUMENTS, reader::digest));
            default -> throw new Malformed("no such route: " + kind);
        };
    }
}
