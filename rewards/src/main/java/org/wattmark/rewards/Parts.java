package org.wattmark.rewards;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A whole in parts by weight, by largest remainder: each part is rounded down, and what is left
/// goes one by one to those that lost most. The parts always sum to the whole.
final class Parts {

    private Parts() {}

    /// @param weights at least one, all of them positive; of equal remainders the earlier is first
    static List<Long> of(long whole, List<BigInteger> weights) {
        var sum = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
        if (sum.signum() <= 0) {
            throw new IllegalArgumentException("nobody has a part");
        }
        var parts = new ArrayList<Long>();
        var remainders = new ArrayList<BigInteger>();
        long left = whole;
        for (var weight : weights) {
            var exact = BigInteger.valueOf(whole).multiply(weight).divideAndRemainder(sum);
            parts.add(exact[0].longValueExact());
            remainders.add(exact[1]);
            left -= exact[0].longValueExact();
        }
        IntStream.range(0, weights.size())
                .boxed()
                .sorted(Comparator.comparing(remainders::get).reversed())
                .limit(left)
                .forEach(i -> parts.set(i, parts.get(i) + 1));
        return List.copyOf(parts);
    }
}
