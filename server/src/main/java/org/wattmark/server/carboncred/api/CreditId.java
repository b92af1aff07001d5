package org.wattmark.server.carboncred.api;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.units.Canonical;

/// CarbonCred's `credit_id`: a handle to buy, and then to retire, 1,000 g of a credit block.
///
/// It is an RFC 9562 UUID of version 8 that can be read back, with nothing secret in it:
///
/// | bits | what |
/// |---|---|
/// | 48 | the listing's number, which stands for its block and for the slots that it opened there |
/// | 4 | the version, 8 |
/// | 12 | the check's first 12 bits |
/// | 2 | the variant |
/// | 22 | the check's other 22 bits |
/// | 40 | the kilogram of the listing, counted from 0 |
///
/// The check is the first 34 bits of SHA-256 over the canonical form of the block's id, the
/// listing's id and the kilogram. So a mistyped handle, one of another registry, or one that was
/// made up after a pattern is none: it is never taken for another kilogram. It grants nothing; who
/// may buy and retire is asked of the token.
///
/// @param listing the number of the listing, from 1
/// @param kilogram of the listing, from 0
record CreditId(long listing, long kilogram, long check) {

    static final long MOST_LISTINGS = 1L << 48;
    static final long MOST_KILOGRAMS = 1L << 40;

    private static final int KILOGRAM_BITS = 40;
    private static final int LOW_CHECK_BITS = 22;
    private static final int CHECK_BITS = 34;
    private static final long LOW_CHECK = (1L << LOW_CHECK_BITS) - 1;
    private static final int VERSION = 8;
    private static final int VARIANT = 2;

    CreditId {
        if (listing < 0
                || listing >= MOST_LISTINGS
                || kilogram < 0
                || kilogram >= MOST_KILOGRAMS
                || check < 0
                || check >= 1L << CHECK_BITS) {
            throw new IllegalArgumentException(
                    "no handle has listing " + listing + ", kilogram " + kilogram);
        }
    }

    static CreditId of(long listingNumber, UUID listing, UUID block, long kilogram) {
        return new CreditId(listingNumber, kilogram, check(listing, block, kilogram));
    }

    private static long check(UUID listing, UUID block, long kilogram) {
        var hash =
                Canonical.of("wattmark/credit-handle/v1")
                        .id(block)
                        .id(listing)
                        .number(kilogram)
                        .sha256();
        return ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - CHECK_BITS);
    }

    /// Reads a handle back; what has another version or variant is none.
    static Optional<CreditId> of(UUID id) {
        if (id.version() != VERSION || id.variant() != VARIANT) {
            return Optional.empty();
        }
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        long check = (high & 0xFFF) << LOW_CHECK_BITS | (low >>> KILOGRAM_BITS & LOW_CHECK);
        return Optional.of(new CreditId(high >>> 16, low & (MOST_KILOGRAMS - 1), check));
    }

    /// Whether it was made for this listing of this block.
    boolean belongsTo(UUID listingId, UUID block) {
        return check == check(listingId, block, kilogram);
    }

    UUID toUuid() {
        long high = listing << 16 | (long) VERSION << 12 | check >>> LOW_CHECK_BITS;
        long low = 1L << 63 | (check & LOW_CHECK) << KILOGRAM_BITS | kilogram;
        return new UUID(high, low);
    }

    @Override
    public String toString() {
        return toUuid().toString();
    }
}
