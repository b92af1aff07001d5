package org.wattmark.server.mail;

/// Where mail goes out.
public interface Outbox {

    /// Hands a mail on.
    ///
    /// @return whether it was taken; if not, the reason is in the server's log, and whoever asked
    ///   for the mail may ask again
    boolean send(Mail mail);
}
