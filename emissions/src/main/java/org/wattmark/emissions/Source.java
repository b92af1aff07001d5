package org.wattmark.emissions;

/// The publication that a factor was read from, so that anyone may look it up.
///
/// @param id short and stable, the first part of its factors' ids: `ifi-2021`
/// @param edition the version of the document that the numbers were taken from
/// @param table where in the document they stand
/// @param licence the terms of use and the citation they ask for
public record Source(
        String id, String document, String edition, String table, String url, String licence) {

    public Source {
        if (!id.matches("[a-z0-9][a-z0-9.-]{0,39}")) {
            throw new IllegalArgumentException("not a source's id: " + id);
        }
    }
}
