package org.wattmark.server.security;

import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.problem.Problem;

/// What organisations have been licensed, for what not every plan has.
public final class Plans {

    private final JdbcClient jdbc;

    Plans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Answers 402 unless the organisation's plan is this one or a larger one.
    ///
    /// @param what it is for, such as `Analytics`
    public void require(UUID organisation, Plan least, String what) {
        var plan = of(organisation).orElse(Plan.FREE);
        if (plan.compareTo(least) < 0) {
            throw Problem.of(
                            HttpStatus.PAYMENT_REQUIRED,
                            "plan_needed",
                            what
                                    + " comes with the plan "
                                    + least
                                    + " and larger ones; your organisation has "
                                    + plan
                                    + ". The operator of this registry grants plans.")
                    .asException();
        }
    }

    private Optional<Plan> of(UUID organisation) {
        return jdbc.sql("select plan from organisation where id = :id")
                .param("id", organisation)
                .query((row, _) -> Plan.valueOf(row.getString(1)))
                .optional();
    }
}
