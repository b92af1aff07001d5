package org.wattmark.verification;

/// The name and version of the rules that turn monitored data into a reduction. Rules never change
/// under their version.
public record MethodologyId(String name, int version) {

    public MethodologyId {
        if (!name.matches("[a-z][a-z0-9-]{1,39}") || version < 1) {
            throw new IllegalArgumentException("not a methodology: " + name + "/" + version);
        }
    }

    /// `solar-displacement/1`
    @Override
    public String toString() {
        return name + "/" + version;
    }
}
