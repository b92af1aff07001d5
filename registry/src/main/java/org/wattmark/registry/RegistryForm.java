package org.wattmark.registry;

import java.time.DateTimeException;
import org.wattmark.units.Canonical;

/// How the content of one kind of fact is read: whatever is wrong with its bytes is
/// [Canonical.Malformed].
interface RegistryForm<F> {

    F read(Canonical.Reader reader) throws Canonical.Malformed;

    static <F> F read(String domain, byte[] content, RegistryForm<F> form)
            throws Canonical.Malformed {
        var reader = Canonical.Reader.of(domain, content);
        try {
            var fact = form.read(reader);
            reader.end();
            return fact;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
