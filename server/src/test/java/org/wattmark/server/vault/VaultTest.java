package org.wattmark.server.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.ConsistencyProof;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.KeyVault;
import org.wattmark.tlog.Signer;
import org.wattmark.tlog.Tree;

/// We speak Vault's HTTP interface as it is documented, against a stub of it.
class VaultTest {

    private final VaultStub stub = new VaultStub();
    private final Vault vault = Vault.required(stub.environment());

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void aLogSignsWithAKeyThatNeverLeavesTheVault(@TempDir Path folder) throws Exception {
        var file = folder.resolve("log.key");
        var held = vault.transitKey("transit/wattmark-log");
        var key = KeyFile.createHeld(file, "log.example", held.publicKey(), held.place());

        try (var signer = Signer.open(file, vault)) {
            var signed = signer.sign(Tree.EMPTY, size -> new ConsistencyProof(size, 0, List.of()));

            assertThat(key.verifies(signed.note().text(), signed.note().signatures().getFirst()))
                    .isTrue();
        }
        assertThat(Files.readString(file)).contains("vault:transit/wattmark-log/1");
    }

    @Test
    void anOlderVersionOfAKeySignsAfterItWasRotatedInTheVault() {
        var before = vault.transitKey("transit/wattmark-log");
        stub.rotate();
        var after = vault.transitKey("transit/wattmark-log");
        var message = "a checkpoint".getBytes(StandardCharsets.UTF_8);

        assertThat(after.place()).endsWith("/2");
        assertThat(vault.sign(before.place(), message))
                .hasSize(64)
                .isNotEqualTo(vault.sign(after.place(), message));
    }

    @Test
    void aKeyThatIsNotEd25519OrCanBeExportedIsRefused() {
        stub.becomeExportable();
        assertThatThrownBy(() -> vault.transitKey("transit/wattmark-log"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("exported");
        stub.becomeOfType("rsa-2048");
        assertThatThrownBy(() -> vault.transitKey("transit/wattmark-log"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("rsa-2048");
        assertThatThrownBy(() -> vault.transitKey("wattmark-log"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("MOUNT/KEY");
        assertThatThrownBy(() -> vault.transitKey("transit/other"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("transit/keys/other");
    }

    @Test
    void aSealedVaultIsTriedAgainLater() {
        var place = vault.transitKey("transit/wattmark-log").place();
        stub.seal();
        assertThatThrownBy(() -> vault.sign(place, new byte[1]))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("sealed");
        stub.unseal();

        assertThat(vault.sign(place, new byte[1])).hasSize(64);
    }

    @Test
    void aTokenThatIsWrongOrMissingIsSaid() {
        var address = stub.address().toString();

        assertThatThrownBy(() -> Vault.required(Map.of("VAULT_ADDR", address)))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("VAULT_TOKEN");
        assertThatThrownBy(() -> Vault.required(Map.of()))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("VAULT_ADDR");
        var wrong = Vault.required(Map.of("VAULT_ADDR", address, "VAULT_TOKEN", "s.other"));
        assertThatThrownBy(() -> wrong.secret("vault:secret/wattmark#smtp_password"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("permission denied");
        assertThat(Vault.keys(Map.of())).isSameAs(KeyVault.NONE);
    }

    @Test
    void aRoleOpensTheVaultToo() {
        var byRole =
                Vault.required(
                        Map.of(
                                "VAULT_ADDR",
                                stub.address().toString(),
                                "VAULT_ROLE_ID",
                                "wattmark",
                                "VAULT_SECRET_ID",
                                "its secret"));

        assertThat(byRole.secret("vault:secret/wattmark#smtp_password")).isEqualTo("open sesame");
    }

    @Test
    void aSettingMaySayWhereItsSecretLies() {
        var context = new GenericApplicationContext();
        var sources = context.getEnvironment().getPropertySources();
        sources.addFirst(
                new SystemEnvironmentPropertySource(
                        "systemEnvironment",
                        Map.of("SPRING_MAIL_PASSWORD", "vault:secret/wattmark#smtp_password")));
        sources.addFirst(
                new MapPropertySource(
                        "given",
                        Map.of(
                                "wattmark.mqtt.password",
                                "vault:secret/wattmark#smtp_password",
                                "wattmark.mail.from",
                                "vault@example.org")));

        new VaultReferences(stub.environment()).initialize(context);

        var environment = context.getEnvironment();
        assertThat(environment.getProperty("spring.mail.password")).isEqualTo("open sesame");
        assertThat(environment.getProperty("wattmark.mqtt.password")).isEqualTo("open sesame");
        assertThat(environment.getProperty("wattmark.mail.from")).isEqualTo("vault@example.org");
    }

    @Test
    void aSecretThatIsNotThereStopsTheStart() {
        assertThatThrownBy(() -> vault.secret("vault:secret/wattmark#nothing"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("#nothing");
        assertThatThrownBy(() -> vault.secret("vault:secret"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("vault:MOUNT/PATH#FIELD");
    }
}
