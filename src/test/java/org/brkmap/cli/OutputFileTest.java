package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where output goes: into directories, over other files, into devices, onto full disks. */
@Timeout(180)
class OutputFileTest {
    private static final Path MAPS = Path.of("src/test/resources/procfs/published/maps-php-fpm-x86_64.txt");

    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--html", "--csv"})
    void aDeviceThatIsFullIsSaidAndStaysADevice(String option) {
        assertThat(shell.run("annotate", MAPS, option, "/dev/full")).isEqualTo(1);
        assertThat(shell.err()).contains("cannot write /dev/full: ");
        assertThat(shell.run("annotate", MAPS, option, "/dev/null")).isZero();
        for (String device : List.of("/dev/full", "/dev/null")) {
            assertThat(Files.isRegularFile(Path.of(device))).as(device).isFalse();
        }
    }

    @Test
    @NeedsGcc
    void observeWritesIntoDevicesWithoutReplacingThem() {
        assertThat(shell.run("observe", "--json", "/dev/full", "--", "true")).isEqualTo(1);
        assertThat(shell.err()).contains("cannot write /dev/full: ");
        assertThat(shell.run("observe", "--html", "/dev/null", "--json", "/dev/null", "--", "true"))
                .as(shell.err())
                .isZero();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws Exception {
        assumeTrue(Tool.run(List.of("unshare", "--mount", "true")).succeeded(), "no mount namespace can be made here");
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Path listing = directory.resolve("listing");
        String script = "mount -t tmpfs -o size=16k brkmap " + disk + " || exit 99; echo old >" + disk
                + "/out.csv; head -c 9000 /dev/zero >" + disk + "/ballast; \"$@\"; status=$?; ls -A " + disk + " >"
                + listing
                + "; cat " + disk + "/out.csv >>" + listing + "; exit $status";
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script, "sh"));
        command.addAll(Outside.command("annotate", manyRows(), "--csv", disk.resolve("out.csv")));
        try (Outside brkmap = Outside.start(directory, Map.of(), command)) {
            int status = brkmap.status();
            assumeTrue(status != 99, "no small disk can be mounted here");
            assertThat(status).as(brkmap.err()).isEqualTo(1);
            assertThat(brkmap.err()).contains("cannot write " + disk.resolve("out.csv"), "nothing was changed");
            assertThat(listing).content().isEqualToIgnoringNewLines("ballast\nout.csv\nold\n");
        }
    }

    @Test
    void aLinkIsFollowedAndNotReplaced() throws IOException {
        Path real = Files.writeString(directory.resolve("real.csv"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.csv"), real);
        assertThat(shell.run("annotate", MAPS, "--csv", link)).as(shell.err()).isZero();
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(real).content().startsWith("kind,start,");
    }

    @Test
    void theListingItselfIsNotOverwritten() throws IOException {
        Path maps = Files.copy(MAPS, directory.resolve("a.maps"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), maps);
        for (Path out : List.of(maps, link, directory.resolve("../" + directory.getFileName() + "/a.maps"))) {
            assertThat(shell.run("annotate", maps, "--csv", out)).isEqualTo(2);
            assertThat(shell.err()).contains("is the file to be explained");
        }
        assertThat(shell.run("annotate", maps, "--csv", directory.resolve("x"), "--html", directory.resolve("x")))
                .isEqualTo(2);
        assertThat(shell.err()).contains("name the same file");
        assertThat(maps).hasSameBinaryContentAs(MAPS);
    }

    @Test
    void whatIsNoPlaceForAFileIsSaid() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(shell.run("annotate", MAPS, "--html", directory)).isEqualTo(1);
        assertThat(shell.err()).contains("it is a directory");
        assertThat(shell.run("annotate", MAPS, "--html", file.resolve("x"))).isEqualTo(1);
        assertThat(shell.err()).contains("there is no directory");
        assertThat(shell.run("bench", "self", "--into", file)).isEqualTo(1);
        assertThat(shell.err()).contains("no place for the table");
        assertThat(shell.run("bench", "self", "--into", directory.resolve("absent")))
                .isEqualTo(1);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    private Path manyRows() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            long start = 0x10000000L + i * 0x2000L;
            text.append(String.format("%x-%x rw-p 00000000 00:00 0%n", start, start + 0x1000));
        }
        return Files.writeString(directory.resolve("many.maps"), text);
    }
}
