package org.wattmark.server.certificates;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.registry.Eligibility;
import org.wattmark.units.Co2e;

/// Values as certificates write them for people.
final class Texts {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    /// ISO 3166-1: alpha-3 to alpha-2.
    private static final Map<String, String> ALPHA_2 =
            Arrays.stream(Locale.getISOCountries())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    it -> Locale.of("", it).getISO3Country(),
                                    Function.identity(),
                                    (first, _) -> first));

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private Texts() {}

    static String day(Instant at) {
        return DAY.format(at);
    }

    static String moment(Instant at) {
        return MOMENT.format(at);
    }

    /// `2.000 t CO2e (2000 kg)`
    static String both(Co2e quantity) {
        return "%s t CO2e (%s kg)"
                .formatted(ClaimGuard.tonnes(quantity), ClaimGuard.kilograms(quantity));
    }

    /// `CORSIA: letter of authorisation missing`
    static String words(Eligibility.Gap gap) {
        var programme = gap.programme().name();
        var name =
                switch (gap.programme()) {
                    case CORSIA, ICVCM -> programme;
                    case ARTICLE_6 -> "Article 6";
                };
        var what = gap.name().substring(programme.length() + 1);
        return name + ": " + what.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// `United Kingdom (GBR)`, or the code alone where it is a group of countries.
    static String country(String region) {
        var alpha2 = ALPHA_2.get(region);
        return alpha2 == null
                ? region
                : Locale.of("", alpha2).getDisplayCountry(Locale.ENGLISH) + " (" + region + ")";
    }

    /// Puts values into the places `{{name}}` of a template, in one go: what looks like a place in
    /// a value stays as it is.
    static String filled(String template, Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(it -> Matcher.quoteReplacement(values.getOrDefault(it.group(1), "")));
    }

    /// For HTML and XML, with what neither may hold taken out: control characters, and those that
    /// turn the direction of what follows them.
    static String escaped(String text) {
        var shown = new StringBuilder();
        text.codePoints().map(it -> isShown(it) ? it : 0xFFFD).forEach(shown::appendCodePoint);
        return HtmlUtils.htmlEscape(shown.toString(), "UTF-8");
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
            case Character.FORMAT -> codePoint == 0x200C || codePoint == 0x200D; // joiners of words
            default -> true;
        };
    }
}
