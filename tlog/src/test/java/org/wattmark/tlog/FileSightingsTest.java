package org.wattmark.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSightingsTest extends SightingsContract {

    @TempDir Path folder;

    @Override
    protected Sightings sightings() {
        return new FileSightings(folder);
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList().getFirst();
        }
    }

    @Test
    void anotherProcessReadsWhatThisOneSaw() {
        sightings().replace(Optional.empty(), at(7));

        assertThat(sightings().latest(ORIGIN)).hasValue(at(7));
    }

    @Test
    void aTornWriteIsNeverRead() throws IOException {
        sightings().replace(Optional.empty(), at(7));
        Files.writeString(onlyFile().resolveSibling(onlyFile().getFileName() + ".tmp"), "torn");

        assertThat(sightings().latest(ORIGIN)).hasValue(at(7));
        assertThat(sightings().replace(Optional.of(at(7)), at(8))).isTrue();
    }

    @Test
    void aDamagedFileIsNotTakenForNothingSeen() throws IOException {
        sightings().replace(Optional.empty(), at(7));
        var file = onlyFile();

        for (var damage : new String[] {"", ORIGIN + "\n7\n", at(7).text().replace("ä", "a")}) {
            Files.writeString(file, damage);
            assertThatThrownBy(() -> sightings().latest(ORIGIN))
                    .isInstanceOf(MalformedException.class);
        }
    }
}
