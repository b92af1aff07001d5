package org.wattmark.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.verification.Review;

/// Who has a claim in hand, what is open, and what was attached, as canonical bytes and back. A
/// claim that nobody has looked at has none.
public final class ReviewBytes {

    private static final String DOMAIN = "wattmark/claim-review/v1";

    private ReviewBytes() {}

    /// A review, and the evidence that came with its steps.
    public record Reviewed(Review review, Set<String> attachments) {}

    public static byte[] write(Review review, Collection<String> attachments) {
        if (review.equals(Review.NONE) && attachments.isEmpty()) {
            return new byte[0];
        }
        var bytes = Canonical.of(DOMAIN).number(review.reviewer().isPresent() ? 1 : 0);
        review.reviewer().ifPresent(by -> bytes.id(by.person()).id(by.organisation()));
        ids(bytes, review.conflicted());
        ids(bytes, review.questions());
        ids(bytes, review.approver().map(Set::of).orElse(Set.of()));
        bytes.number(attachments.size());
        attachments.stream().sorted().forEach(bytes::text);
        return bytes.toByteArray();
    }

    private static void ids(Canonical bytes, Set<UUID> ids) {
        bytes.number(ids.size());
        ids.stream().sorted().forEach(bytes::id);
    }

    public static Reviewed read(byte[] content) throws Malformed {
        if (content.length == 0) {
            return new Reviewed(Review.NONE, Set.of());
        }
        var reader = Canonical.Reader.of(DOMAIN, content);
        return ClaimBytes.checked(() -> {
            var reviewer =
                    reader.number() == 1
                            ? Optional.of(new Review.Reviewer(reader.id(), reader.id()))
                            : Optional.<Review.Reviewer>empty();
            var conflicted = ids(reader);
            var questions = ids(reader);
            var approver = ids(reader).stream().findFirst();
            var attachments = new ArrayList<String>();
            for (long left = reader.number(); left > 0; left--) {
                attachments.add(reader.text());
            }
            reader.end();
            var review =
                    new Review(reviewer, Set.copyOf(conflicted), Set.copyOf(questions), approver);
            return new Reviewed(review, Set.copyOf(attachments));
        });
    }

    private static List<UUID> ids(Canonical.Reader reader) throws Malformed {
        var ids = new ArrayList<UUID>();
        for (long left = reader.number(); left > 0; left--) {
            ids.add(reader.id());
        }
        return ids;
    }
}
