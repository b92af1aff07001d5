/// Projects, claims, issuance, holdings, retirement and certificates, over HTTP and in SQL.
@NullMarked
package org.wattmark.server.registry;

import org.jspecify.annotations.NullMarked;
