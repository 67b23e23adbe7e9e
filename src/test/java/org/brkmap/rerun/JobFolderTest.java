package org.brkmap.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a submission when it runs: what is in it is counted and removed, and what it points to is not. */
class JobFolderTest {
    @TempDir
    Path folder;

    @Test
    void what_is_in_it_is_counted_and_links_are_not_followed() throws Exception {
        Path job = Files.createDirectories(folder.resolve("job/target/lab4"));
        Path large = Files.write(folder.resolve("large"), new byte[5000]);
        Files.write(job.resolve("a"), new byte[600]);
        Files.write(folder.resolve("job/b"), new byte[600]);
        Files.createSymbolicLink(job.resolve("c"), large);
        Files.createSymbolicLink(job.resolve("d"), folder);

        assertThat(JobFolder.holdsMoreThan(folder.resolve("job"), 1100)).isTrue();
        assertThat(JobFolder.holdsMoreThan(folder.resolve("job"), 3000)).isFalse();
        assertThat(JobFolder.holdsMoreThan(folder.resolve("none"), 0)).isFalse();
    }

    @Test
    void it_is_removed_and_what_its_links_point_to_stays() throws Exception {
        Path job = Files.createDirectories(folder.resolve("job/target"));
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("grade"), "1");
        Files.createSymbolicLink(job.resolve("out"), other);

        JobFolder.delete(folder.resolve("job"));

        assertThat(folder.resolve("job")).doesNotExist();
        assertThat(other.resolve("grade")).hasContent("1");
    }
}
