package org.brkmap.rerun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.brkmap.grade.FlagKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submissions that would climb out, fill the memory, or hold up the class: what is read of them, and what is said. */
class ParcelTest {
    private static final int MIB = 1 << 20;
    private static final byte[] HONEST = "int main(void);\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void names_that_lead_out_are_left_out_and_named() throws Exception {
        for (String name : List.of("../grow.c", "a/../../grow.c", "/etc/grow.c", "a\\..\\grow.c", "a\ngrow.c")) {
            Parcel parcel = Parcel.open(zip(name, HONEST, "grow.c", HONEST));

            assertThat(parcel.files()).as(name).containsOnlyKeys("grow.c");
            assertThat(kinds(parcel)).as(name).containsExactly(FlagKind.HOSTILE);
            assertThat(parcel.flags().get(0).reason()).doesNotContain("\n");
        }
    }

    @Test
    void of_two_files_of_one_name_the_first_counts() throws Exception {
        Path file = zip("grow.c", HONEST, "grow.d", "other".getBytes(StandardCharsets.UTF_8));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i + 6 <= bytes.length; i++) {
            if (new String(bytes, i, 6, StandardCharsets.ISO_8859_1).equals("grow.d")) {
                bytes[i + 5] = 'c';
            }
        }

        Parcel parcel = Parcel.open(Files.write(file, bytes));

        assertThat(parcel.files()).containsOnlyKeys("grow.c");
        assertThat(parcel.files().get("grow.c")).isEqualTo(HONEST);
        assertThat(kinds(parcel)).containsExactly(FlagKind.HOSTILE);
    }

    @Test
    void a_bomb_is_not_unpacked_to_its_end() throws Exception {
        for (String name : List.of("large.c", "target/large.o")) {
            Path file = folder.resolve("large.zip");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                write(zip, "grow.c", HONEST);
                zip.putNextEntry(new ZipEntry(name));
                for (int i = 0; i < 20; i++) {
                    zip.write(new byte[MIB]);
                }
                zip.closeEntry();
                write(zip, "later.c", HONEST);
            }

            Parcel parcel = Parcel.open(file, 4 * MIB, 8 * MIB);

            assertThat(parcel.files()).as(name).containsOnlyKeys("grow.c");
            assertThat(kinds(parcel)).as(name).containsExactly(FlagKind.TOO_LARGE);
        }
    }

    @Test
    void very_many_files_are_bounded() throws Exception {
        Path file = folder.resolve("many.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < Parcel.MOST_FILES + 10; i++) {
                write(zip, "f" + i + ".c", new byte[0]);
            }
        }

        Parcel parcel = Parcel.open(file);

        assertThat(parcel.files()).hasSize(Parcel.MOST_FILES);
        assertThat(kinds(parcel)).containsExactly(FlagKind.TOO_LARGE);
    }

    @Test
    void links_and_devices_are_not_followed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path submission = Files.createDirectories(folder.resolve("submission"));
        Files.write(submission.resolve("grow.c"), HONEST);
        Files.createSymbolicLink(submission.resolve("answers.properties"), secret);
        Files.createSymbolicLink(submission.resolve("all"), Path.of("/"));
        Path link = Files.createSymbolicLink(folder.resolve("link.c"), secret);

        assertThat(Parcel.open(submission).files()).containsOnlyKeys("grow.c");
        assertThat(kinds(Parcel.open(submission))).containsExactly(FlagKind.HOSTILE, FlagKind.HOSTILE);
        assertThat(Parcel.open(link).files()).isEmpty();
        assertThat(kinds(Parcel.open(link))).containsExactly(FlagKind.UNREADABLE);
        assertThat(kinds(Parcel.open(Path.of("/dev/zero")))).containsExactly(FlagKind.UNREADABLE);
    }

    @Test
    void a_folder_that_cannot_be_read_stops_nobody() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root can read everything");
        Path submission = Files.createDirectories(folder.resolve("submission"));
        Path shut = Files.createDirectories(submission.resolve("shut"));
        Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));
        try {
            assertThat(kinds(Parcel.open(submission))).containsExactly(FlagKind.UNREADABLE);
        } finally {
            Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void a_broken_archive_is_said_to_be_one() throws Exception {
        byte[] whole = Files.readAllBytes(zip("grow.c", new byte[5000], "shrink.c", HONEST));
        for (int cut = 4; cut < whole.length; cut += 7) {
            Path file = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, cut));
            Parcel parcel = Parcel.open(file);
            assertThat(parcel.files().containsKey("shrink.c")
                            || parcel.flags().stream()
                                    .anyMatch(flag ->
                                            flag.kind() == FlagKind.UNREADABLE || flag.kind() == FlagKind.DAMAGED))
                    .as("cut at %d", cut)
                    .isTrue();
        }
    }

    private Path zip(Object... namesAndContents) throws IOException {
        Path file = folder.resolve("in.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                write(zip, (String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
            }
        }
        return file;
    }

    private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static List<FlagKind> kinds(Parcel parcel) {
        return parcel.flags().stream().map(flag -> flag.kind()).toList();
    }
}
