package lab7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.libc.SystemFacts;

/** What memdump does where reading and writing are not plain. Each demand throws an AssertionError if it is not met. */
final class Careful {
    private static final String HEAP = "[heap]";
    private static final String GATE = "[vsyscall]";

    /** How the sanitizers end a program; they would otherwise look like any other failure. */
    private static final int SANITIZED = 86;

    private final Bench bench;
    private final Memdump memdump;

    Careful(Bench bench, Memdump memdump) {
        this.bench = bench;
        this.memdump = memdump;
    }

    /** Two pages of a file, and two pages mapped behind its end: one read gets two pages, and then none. */
    void pagesThatCannotBeRead() {
        long page = SystemFacts.pageSize();
        String file = Spaces.file(bench, "short", page + 100);
        String next = Spaces.file(bench, "next");
        Recipe recipe = Spaces.of("a mapping that is longer than its file", "map", file, "5a000000", 4)
                .arguments("map", next, Long.toHexString(0x5a000000L + 4 * page), 2);
        try (Ground ground = Ground.with(bench, recipe)) {
            byte[] truth = ground.target().bytes(file);
            String dump = memdump.none("short.dump");
            memdump.on(ground, file, dump);
            memdump.holds(
                    dump,
                    truth,
                    ground.target(),
                    "a mapping of 4 pages, of which the last 2 cannot be read (read returns less, then EIO)");
        }
    }

    /** Nothing of it can be read, which is an error. */
    void regionsThatCannotBeRead() {
        try (Ground ground = Ground.with(bench, Spaces.of("the kernel's rows", "heap", 50_000))) {
            for (String name : new String[] {"[vvar]", GATE}) {
                if (!ground.target().rows(name).isEmpty()) {
                    cannotBeRead(ground, name);
                }
            }
        }
    }

    private void cannotBeRead(Ground ground, String name) {
        String dump = memdump.none("kernel.dump");
        Ground.Ended ended = memdump.on(ground, name, dump);
        if (holdsSomething(dump)) {
            // Some kernels let it be read.
            return;
        }
        String what = name + " at " + ground.target().rows(name).get(0).range()
                + (name.equals(GATE)
                        ? ", which cannot be read here, and whose addresses are above 2^63 (strtol stops there)"
                        : ", which cannot be read");
        assertThat(memdump.length(dump)).as("length of the dump of %s", what).isZero();
        Memdump.fails(ended, what);
    }

    private boolean holdsSomething(String dump) {
        if (memdump.length(dump) == 0) {
            return false;
        }
        for (byte each : memdump.bytes(dump)) {
            if (each != 0) {
                return true;
            }
        }
        return false;
    }

    /** Memory holds secrets; and open without a mode takes whatever lies on the stack. */
    void aFileOfOnesOwn() {
        try (Ground ground = Ground.with(bench, Spaces.of("a heap", "heap", 100_000))) {
            String dump = memdump.none("mode.dump");
            Memdump.succeeds(memdump.on(ground, HEAP, dump), HEAP);
            assertThat(mode(dump))
                    .as(
                            "mode of a new dump, under umask 0: its owner may read and write it, and nobody else; open(2) wants it as"
                                    + " its third argument")
                    .isEqualTo("rw-------");
            Files.write(bench.file(dump), new byte[5_000_000]);
            Memdump.succeeds(memdump.on(ground, HEAP, dump), HEAP);
            memdump.holds(
                    dump, ground.target().bytes(HEAP), ground.target(), "[heap], over an old file that is longer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.file(file)));
    }

    /** A full disk is told. */
    void aFullDisk() {
        try (Ground ground = Ground.with(bench, Spaces.of("a heap", "heap", 100_000))) {
            Memdump.fails(memdump.on(ground, HEAP, "/dev/full"), "a file without room, /dev/full");
        }
    }

    /** Long names, addresses of sixteen digits, many rows: with every access to an array watched. */
    void noByteBesideItsArrays() {
        Recipe recipe = Recipe.of("memdump, as you wrote it, with its arrays watched", Memdump.SOURCE)
                .flags(
                        "-include",
                        bench.file("labs/lab7/watched.h").toAbsolutePath().toString())
                .flags("-fstack-protector-all");
        Recipe sanitized = recipe.flags("-fsanitize=address,undefined", "-fno-sanitize-recover=all")
                .flags(
                        "-include",
                        bench.file("labs/lab7/sanitized.h").toAbsolutePath().toString());
        Memdump watched = new Memdump(bench, Sanitizers.areHere() ? sanitized : recipe);
        String name = Spaces.file(bench, "n".repeat(200));
        Recipe target = Spaces.of("long names", "heap", 300_000, "split").arguments("map", name, "10005a000000", 2);
        try (Ground ground = Ground.with(bench, target)) {
            for (String row : new String[] {name, HEAP, GATE}) {
                Ground.Ended ended = watched.on(ground, row, memdump.none("watched.dump"));
                assertThat(ended.said())
                        .as("what a build that watches every access says when it dumps %s", row)
                        .doesNotContain("AddressSanitizer", "runtime error", "stack smashing", "watched.h");
                assertThat(ended.status())
                        .as("exit status of a build that watches every access, when it dumps %s", row)
                        .isNotNull()
                        .isNotEqualTo(SANITIZED)
                        .isNotNegative();
            }
        }
    }
}
