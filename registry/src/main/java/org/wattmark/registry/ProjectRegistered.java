package org.wattmark.registry;

import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.verification.MethodologyId;
import org.wattmark.verification.UnitClass;

/// A project stands in the registry, for everybody to see.
public record ProjectRegistered(Project project) implements Fact {

    public static final String DOMAIN = "wattmark/project-registered/v1";

    @Override
    public byte[] content() {
        var content = Canonical.of(DOMAIN).id(project.id());
        ClaimBytes.organisation(content, project.proponent());
        return content.text(project.title())
                .text(project.region())
                .text(project.zone())
                .text(project.methodology().name())
                .number(project.methodology().version())
                .text(project.unitClass().name())
                .toByteArray();
    }

    public static ProjectRegistered of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        return ClaimBytes.checked(() -> {
            var project =
                    new Project(
                            reader.id(),
                            ClaimBytes.organisation(reader),
                            reader.text(),
                            reader.text(),
                            reader.text(),
                            new MethodologyId(reader.text(), Math.toIntExact(reader.number())),
                            UnitClass.valueOf(reader.text()));
            reader.end();
            return new ProjectRegistered(project);
        });
    }
}
