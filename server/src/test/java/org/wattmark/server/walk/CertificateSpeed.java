package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.server.security.Role;

/// Says how long a certificate's page and PDF take over HTTP, and how large they are. No test by
/// its name, so it runs only when it is asked for: `-Dtest=CertificateSpeed`.
class CertificateSpeed extends WalkTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int CERTIFICATES = 60;
    private static final int ROUNDS = 10;

    @Test
    void ofPagesAndPdfs() throws Exception {
        var ids = retirements();
        certified(ids.getLast());

        measure("page, first of all", ids.subList(0, 1), "/certificates/", "");
        for (int round = 1; round <= ROUNDS; round++) {
            measure("page, round " + round, ids, "/certificates/", "");
        }
        measure("PDF, first of all", ids.subList(0, 1), "/api/v1/certificates/", "/pdf");
        measure("PDF made", ids.subList(1, ids.size()), "/api/v1/certificates/", "/pdf");
        measure("PDF again", ids, "/api/v1/certificates/", "/pdf");
        measure("credential", ids, "/api/v1/certificates/", "/credential");
        measure("provenance", ids, "/api/v1/certificates/", "/provenance");
    }

    private List<UUID> retirements() {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);
        household.send(household.simulatedReadings(JUNE));
        var claim = UUID.randomUUID();
        household.client.created("/api/v1/claims", household.claim(claim, JUNE));
        var block = issue(household.client, claim);
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < CERTIFICATES; i++) {
            ids.add(UUID.randomUUID());
            household.client.created("/api/v1/retirements", retirement(ids.getLast(), block, 100));
        }
        return ids;
    }

    private void measure(String what, List<UUID> ids, String before, String after)
            throws IOException, InterruptedException {
        var micros = new long[ids.size()];
        int bytes = 0;
        for (int i = 0; i < micros.length; i++) {
            var request = request(before + ids.get(i) + after).build();
            long began = System.nanoTime();
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            micros[i] = (System.nanoTime() - began) / 1_000;
            assertThat(answer.statusCode()).isEqualTo(200);
            bytes = Math.max(bytes, answer.body().length);
        }
        Arrays.sort(micros);
        System.out.printf(
                "%s: p50 %.1f ms, p95 %.1f ms, at most %,d bytes%n",
                what,
                micros[micros.length / 2] / 1e3,
                micros[micros.length * 95 / 100] / 1e3,
                bytes);
    }
}
