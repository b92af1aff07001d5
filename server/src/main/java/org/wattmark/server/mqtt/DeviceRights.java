package org.wattmark.server.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.NoCacheLoginException;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.wattmark.metering.DeviceId;

/// Who may do what at our broker. A device signs in with its id and its secret, publishes its own
/// batches or packets, and reads its own receipts; the server may do everything; nobody else gets
/// in.
///
/// The broker writes topics as addresses: `meters/x/batches` is `meters.x.batches` here, and a
/// subscription is checked as `address::queue`.
final class DeviceRights implements ActiveMQSecurityManager5 {

    /// As whom the server itself signs in, with a secret that it makes at each start.
    static final String SERVER = "wattmark";

    private final DeviceSecrets secrets;
    private final byte[] serverSecret;

    DeviceRights(DeviceSecrets secrets, String serverSecret) {
        this.secrets = secrets;
        this.serverSecret = serverSecret.getBytes(UTF_8);
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            @Nullable RemotingConnection connection,
            @Nullable String securityDomain)
            throws NoCacheLoginException {
        if (user == null || password == null || !isRight(user, password)) {
            return null;
        }
        var subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user));
        return subject;
    }

    private boolean isRight(String user, String password) throws NoCacheLoginException {
        if (user.equals(SERVER)) {
            return MessageDigest.isEqual(serverSecret, password.getBytes(UTF_8));
        }
        try {
            return Topics.device(user).filter(it -> secrets.matches(it, password)).isPresent();
        } catch (DataAccessException | TransactionException e) {
            // Not known is not wrong: the device comes again, and is not remembered as refused.
            throw new NoCacheLoginException("the database does not answer: " + e.getMessage());
        }
    }

    @Override
    public boolean authorize(
            @Nullable Subject subject, Set<Role> roles, CheckType checkType, String address) {
        var user = userOf(subject);
        if (user.equals(SERVER)) {
            return true;
        }
        var device = Topics.device(user);
        return device.isPresent() && may(device.get(), checkType, bare(address));
    }

    private static boolean may(DeviceId device, CheckType checkType, String address) {
        boolean writes =
                address.equals(addressOf(Topics.batchesOf(device)))
                        || address.equals(addressOf(Topics.packetsOf(device)));
        var receipts = addressOf(Topics.receiptsOf(device));
        boolean reads = address.equals(receipts) || address.startsWith(receipts + ".");
        return switch (checkType) {
            case SEND -> writes;
            case CREATE_ADDRESS -> writes || reads;
            case CONSUME,
                    BROWSE,
                    CREATE_DURABLE_QUEUE,
                    CREATE_NON_DURABLE_QUEUE,
                    DELETE_DURABLE_QUEUE,
                    DELETE_NON_DURABLE_QUEUE ->
                    reads;
            default -> false;
        };
    }

    /// The name by which a connection has signed in; empty before.
    static String userOf(@Nullable Subject subject) {
        return subject == null
                ? ""
                : subject.getPrincipals(UserPrincipal.class).stream()
                        .findAny()
                        .map(UserPrincipal::getName)
                        .orElse("");
    }

    private static String bare(String address) {
        int end = address.indexOf("::");
        return end < 0 ? address : address.substring(0, end);
    }

    /// Our topics have no character that the broker would escape.
    static String addressOf(String topic) {
        return topic.replace('/', '.').replace('+', '*');
    }

    @Override
    public boolean validateUser(@Nullable String user, @Nullable String password) {
        throw new UnsupportedOperationException("the broker asks authenticate");
    }

    @Override
    public boolean validateUserAndRole(
            @Nullable String user,
            @Nullable String password,
            Set<Role> roles,
            CheckType checkType) {
        throw new UnsupportedOperationException("the broker asks authorize");
    }
}
