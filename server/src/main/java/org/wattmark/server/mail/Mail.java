package org.wattmark.server.mail;

import java.util.regex.Pattern;

/// A mail in plain text to one address.
public record Mail(String to, String subject, String text) {

    /// RFC 5321 (4.5.3.1.3) lets a path have 256 characters with its angle brackets.
    public static final int LONGEST_ADDRESS = 254;

    /// What mail servers really take; quoted local parts, which RFC 5321 allows too, are refused.
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
                            + "@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");

    public Mail {
        if (!isAddress(to)) {
            throw new IllegalArgumentException("no mail address: " + to);
        }
        subject = subject.replaceAll("\\p{Cntrl}", " ");
    }

    public static boolean isAddress(String text) {
        return text.length() <= LONGEST_ADDRESS && ADDRESS.matcher(text).matches();
    }
}
