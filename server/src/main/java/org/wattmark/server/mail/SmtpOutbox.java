package org.wattmark.server.mail;

import jakarta.mail.MessagingException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;

/// Hands mail to the SMTP server that the operator has named.
final class SmtpOutbox implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpOutbox.class);

    private final JavaMailSender smtp;
    private final String from;
    private final InstantSource clock;

    SmtpOutbox(JavaMailSender smtp, String from, InstantSource clock) {
        this.smtp = smtp;
        this.from = from;
        this.clock = clock;
    }

    @Override
    public boolean send(Mail mail) {
        try {
            var message = smtp.createMimeMessage();
            Messages.fill(message, mail, from, clock.instant());
            smtp.send(message);
            return true;
        } catch (MailException | MessagingException e) {
            // To whom is not logged, nor what it says.
            LOG.warn("a mail was not taken by the mail server: {}", e.getClass().getSimpleName());
            return false;
        }
    }
}
