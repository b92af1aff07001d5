package org.wattmark.rewards;

/// A programme and what it has counted.
///
/// @param versions of its terms; the last has this number
/// @param devices that have joined; the last has this rank
public record RunningProgramme(Programme programme, int versions, long devices) {

    RunningProgramme withNextTerms() {
        return new RunningProgramme(programme, Math.addExact(versions, 1), devices);
    }

    RunningProgramme withNextDevice() {
        return new RunningProgramme(programme, versions, Math.addExact(devices, 1));
    }
}
