package org.wattmark.server.mail;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/// Mails in the form of RFC 5322 and MIME, in ASCII whatever they say.
final class Messages {

    private Messages() {}

    static MimeMessage of(Mail mail, String from, Instant now, Session session)
            throws MessagingException {
        var message = new MimeMessage(session);
        fill(message, mail, from, now);
        return message;
    }

    static void fill(MimeMessage message, Mail mail, String from, Instant now)
            throws MessagingException {
        message.setFrom(new InternetAddress(from));
        message.setRecipient(RecipientType.TO, new InternetAddress(mail.to()));
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setText(mail.text(), StandardCharsets.UTF_8.name());
        message.setHeader("Content-Transfer-Encoding", "quoted-printable");
        message.setSentDate(Date.from(now));
        message.saveChanges();
    }
}
