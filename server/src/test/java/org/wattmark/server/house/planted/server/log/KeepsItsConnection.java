package org.wattmark.server.house.planted.server.log;

import org.springframework.jdbc.core.simple.JdbcClient;

/// Planted: the stream that it reads is never closed.
public record KeepsItsConnection(JdbcClient jdbc) {

    long rows() {
        return jdbc.sql("select 1").query(Integer.class).stream().count();
    }
}
