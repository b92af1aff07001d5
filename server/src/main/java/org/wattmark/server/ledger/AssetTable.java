package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.KnownAsset;

/// Assets that were transferred at least once.
final class AssetTable implements MapTable<Asset, KnownAsset> {

    private static final String UPSERT =
            """
            insert into asset (number, code, frozen) select * from unnest(?, ?, ?)
            on conflict (number) do update set frozen = excluded.frozen
            where asset.code = excluded.code
            """;

    private final Numbers numbers;

    AssetTable(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public String map() {
        return "asset";
    }

    @Override
    public void write(Connection connection, List<Row<Asset, KnownAsset>> changes)
            throws SQLException {
        var assets = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("integer", assets.stream().map(KnownAsset::number).toList())
                .column("text", assets.stream().map(each -> each.asset().code()).toList())
                .column("boolean", assets.stream().map(KnownAsset::frozen).toList())
                .execute();
    }

    @Override
    public Map<Asset, KnownAsset> load(JdbcClient jdbc) {
        var assets = new HashMap<Asset, KnownAsset>();
        jdbc.sql("select number, code, frozen from asset")
                .query(row -> {
                    var asset = new Asset(row.getString("code"));
                    int number = row.getInt("number");
                    numbers.learn(asset, number);
                    assets.put(asset, new KnownAsset(asset, number, row.getBoolean("frozen")));
                });
        return assets;
    }
}
