package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndpointTableTest {

    private static final String HEAD =
            "method,path,scope,gate,step,others,anyone,PROPONENT,BUYER,TRADER,OWNER,ACCOUNTANT,"
                    + "AUDITOR,DEVICE_MAKER,VERIFIER,OPERATOR\n";

    @Test
    void readsALine() {
        var table =
                EndpointTable.of(
                        HEAD + "POST,/a/{id},a:write,value,recent,404,.,x,.,.,.,.,.,.,.,.");

        var row = table.row("POST", "/a/{other}").orElseThrow();

        assertThat(row.scope()).hasValue("a:write");
        assertThat(row.movesValue()).isTrue();
        assertThat(row.step()).isEqualTo(EndpointTable.Step.RECENT);
        assertThat(row.roles()).containsExactly(Role.PROPONENT);
        assertThat(table.row("GET", "/a/{id}")).isEmpty();
    }

    @Test
    void aLineThatIsWrongIsNotRead() {
        for (var wrong :
                List.of(
                        "GET,/a,a:read,-,-,own,.,x,.",
                        "GET,/a,a:read,-,-,own,.,?,.,.,.,.,.,.,.,.",
                        "GET,/a,a:read,much,-,own,.,x,.,.,.,.,.,.,.,.",
                        "GET,/a,a:read,-,soon,own,.,x,.,.,.,.,.,.,.,.")) {
            assertThatThrownBy(() -> EndpointTable.of(HEAD + wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatFollowsFromARoleIsMarkedToo() {
        for (var row : EndpointTable.SHIPPED.rows()) {
            for (var role : row.roles()) {
                if (role == Role.BUYER) {
                    assertThat(row.roles()).as("%s", row).contains(Role.TRADER, Role.OWNER);
                }
            }
        }
    }

    @Test
    void anAuditorChangesNothingButThemself() {
        var writes =
                EndpointTable.SHIPPED.rows().stream()
                        .filter(row -> !row.method().equals("GET") && !row.forAnyone())
                        .filter(row -> row.allows(Set.of(Role.AUDITOR)))
                        .map(EndpointTable.Row::path)
                        .toList();

        assertThat(writes)
                .allMatch(path ->
                        path.startsWith("/api/v1/me/") || path.endsWith("/members/{id}/removals"));
    }

    @Test
    void anOwnerIsATraderAndAnAccountantButJudgesNothing() {
        assertThat(Role.effective(Set.of(Role.OWNER), Role.PROPONENT))
                .containsExactlyInAnyOrder(
                        Role.OWNER, Role.TRADER, Role.ACCOUNTANT, Role.BUYER, Role.PROPONENT);
        assertThat(Role.effective(Set.of(Role.OWNER), Role.VERIFIER)).doesNotContain(Role.VERIFIER);
        assertThat(Role.effective(Set.of(Role.OWNER), Role.OPERATOR)).doesNotContain(Role.OPERATOR);
        assertThat(Role.effective(EnumSet.noneOf(Role.class), Role.BUYER)).isEmpty();
    }

    @Test
    void aWideScopeCoversANarrowOneAndNoReadingCoversAWriting() {
        assertThat(Scopes.cover(Set.of("read"), "ledger:read")).isTrue();
        assertThat(Scopes.cover(Set.of("write"), "credits:retire")).isTrue();
        assertThat(Scopes.cover(Set.of("ledger:read"), "ledger:read")).isTrue();
        assertThat(Scopes.cover(Set.of("ledger:read"), "ledger:transfer")).isFalse();
        assertThat(Scopes.cover(Set.of("read"), "credits:retire")).isFalse();
        assertThat(Scopes.cover(Set.of("write"), "ledger:read")).isFalse();
    }
}
