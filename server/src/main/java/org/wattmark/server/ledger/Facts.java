package org.wattmark.server.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// Reads facts of every kind back from their content.
public final class Facts {

    private final Map<String, FactForm> forms;

    public Facts(Collection<FactForm> forms) {
        this.forms = forms.stream().collect(Collectors.toMap(FactForm::domain, form -> form));
    }

    public Fact read(byte[] content) throws Canonical.Malformed {
        var domain = Canonical.domainOf(content);
        var form = forms.get(domain);
        if (form == null) {
            throw new Canonical.Malformed("no fact of this kind is known: " + domain);
        }
        return form.parser().parse(content);
    }
}
