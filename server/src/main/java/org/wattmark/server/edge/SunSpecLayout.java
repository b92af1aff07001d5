package org.wattmark.server.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wattmark.metering.Channel;
import org.wattmark.server.edge.SunSpecBlock.Counter;
import org.wattmark.server.edge.SunSpecBlock.Unreadable;

/// Where energy and power stand in the SunSpec models that are read: offsets in registers behind
/// the model's id and length, as <https://github.com/sunspec/models> has them.
enum SunSpecLayout {
    /// Models 101 to 103: `W`, `W_SF`, `WH`, `WH_SF`.
    INVERTER(101, 103, 25) {
        @Override
        List<Energy> energies() {
            return List.of(new Energy(Channel.GENERATION, block -> block.acc32("WH", 22, 24)));
        }

        @Override
        Optional<Long> watts(SunSpecBlock block) {
            return block.watts16(12, 13);
        }
    },
    /// Model 701 of IEEE 1547-2018 devices: `W`, `W_SF`, `TotWhInj`, `TotWh_SF`.
    DER_MEASUREMENT(701, 701, 119) {
        @Override
        List<Energy> energies() {
            return List.of(
                    new Energy(Channel.GENERATION, block -> block.uint64("TotWhInj", 17, 118)));
        }

        @Override
        Optional<Long> watts(SunSpecBlock block) {
            return block.watts16(8, 114);
        }
    },
    /// Models 111 to 113: `W` and `WH` as floating point.
    FLOAT_INVERTER(111, 113, 32) {
        @Override
        List<Energy> energies() {
            return List.of(new Energy(Channel.GENERATION, block -> block.float32("WH", 30)));
        }

        @Override
        Optional<Long> watts(SunSpecBlock block) {
            return block.wattsFloat(20);
        }
    },
    /// Models 201 to 204, meters at the grid connection: `TotWhExp`, `TotWhImp`, `TotWh_SF`. Their
    /// power is not what the panels make.
    METER(201, 204, 53) {
        @Override
        List<Energy> energies() {
            return List.of(
                    new Energy(Channel.EXPORT, block -> block.acc32("TotWhExp", 36, 52)),
                    new Energy(Channel.IMPORT, block -> block.acc32("TotWhImp", 44, 52)));
        }

        @Override
        Optional<Long> watts(SunSpecBlock block) {
            return Optional.empty();
        }
    };

    private final int first;
    private final int last;
    private final int length;

    SunSpecLayout(int first, int last, int length) {
        this.first = first;
        this.last = last;
        this.length = length;
    }

    /// A counter of a model.
    record Energy(Channel channel, Reader reader) {}

    /// Reads a counter.
    @FunctionalInterface
    interface Reader {
        Counter read(SunSpecBlock block) throws Unreadable;
    }

    abstract List<Energy> energies();

    abstract Optional<Long> watts(SunSpecBlock block);

    boolean fits(int model) {
        return first <= model && model <= last;
    }

    /// How many registers have to be read.
    int length() {
        return length;
    }

    /// The first model of each layout, but one alone that tells generation: where an inverter has
    /// several, they count the same energy.
    static List<SunSpecLayout> chosen(List<Integer> models) {
        var chosen = new ArrayList<SunSpecLayout>();
        for (var layout : values()) {
            boolean generation = layout != METER;
            if (models.stream().anyMatch(layout::fits) && !(generation && !chosen.isEmpty())) {
                chosen.add(layout);
            }
        }
        return chosen;
    }
}
