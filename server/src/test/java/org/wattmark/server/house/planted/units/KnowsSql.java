package org.wattmark.server.house.planted.units;

import java.sql.Connection;

/// Planted: a plain room that knows the database.
record KnowsSql(Connection connection) {}
