package lab7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.Mapping;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.MemoryCopy;

/** A secret that a program reads from a file, and where it stands in the program's memory. */
final class Secrets {
    static final String WIPE = "labs/lab7/wipe.c";

    /** free(3) writes over the first 16 bytes of a block, so all of this never survives there. */
    static final int LENGTH = 48;

    private static final int PIECE = 12;

    private final Bench bench;
    private final String secret = draw();
    private final MemoryCopy memory = new MemoryCopy(row -> row.permissions().write());
    private final Analysis run;

    /** Runs the student's program. */
    Secrets(Bench bench) {
        // Without -z now the loader saves registers at a function's first call, and bytes of the secret with them.
        this(
                bench,
                Recipe.of("wipe, as you changed it, with -O2", WIPE)
                        .flags("-O2", "-Wl,-z,now")
                        .withoutProbe());
    }

    /** Runs a program whose argument is a file that holds a secret. */
    Secrets(Bench bench, Recipe recipe) {
        this.bench = bench;
        String file = Ground.FOLDER + "secret.txt";
        Path path = bench.file(file);
        try {
            Files.createDirectories(bench.file(Ground.FOLDER));
            Files.writeString(path, secret + "\n");
            run = bench.observe(recipe.arguments(file), memory);
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String draw() {
        SecureRandom random = new SecureRandom();
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    Analysis run() {
        return run;
    }

    /** At "in use" the program has it whole, where it points at. */
    void itIsHad() {
        long address = Looking.pointedAt(run, 1);
        ByteBuffer there = memory.at(Looking.at(run, "in use"), address)
                .orElseThrow(
                        () -> new AssertionError("point_at(1) showed no memory that can be written to at \"in use\""));
        byte[] bytes = new byte[Math.min(LENGTH, there.remaining())];
        there.get(bytes);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .as("what stands where point_at(1) shows, at \"in use\"")
                .isEqualTo(secret);
    }

    /** At "wiped" not even a piece is left in the heap, or anywhere else. */
    void isGoneFrom(boolean heap) {
        assertThat(places("wiped", PIECE, heap))
                .as(
                        "places in the %s where a piece of the secret still stands at \"wiped\"",
                        heap ? "heap" : "stack, or elsewhere")
                .isEmpty();
    }

    /** Where pieces of the secret stand that are at least so long, beginning anywhere in it. */
    List<String> places(String label, int least, boolean heap) {
        List<String> found = new ArrayList<>();
        Snapshot snapshot = Looking.at(run, label);
        for (Mapping row : snapshot.mappings()) {
            if ((row.role() == Role.HEAP) == heap && row.role() != Role.PROBE) {
                memory.at(snapshot, row.range().start()).ifPresent(bytes -> search(row, bytes, least, found));
            }
        }
        return found;
    }

    private void search(Mapping row, ByteBuffer bytes, int least, List<String> found) {
        for (int at = 0; at + least <= bytes.limit(); at++) {
            int from = secret.indexOf(bytes.get(at));
            while (from >= 0 && length(bytes, at, from) < least) {
                from = secret.indexOf(bytes.get(at), from + 1);
            }
            if (from >= 0) {
                int length = length(bytes, at, from);
                found.add(row.role().title() + "+0x" + Integer.toHexString(at) + ": " + length + " of its " + LENGTH
                        + " letters");
                at += length;
            }
        }
    }

    /** For how many letters the memory at this place agrees with the secret from there on. */
    private int length(ByteBuffer bytes, int at, int from) {
        int length = 0;
        while (from + length < LENGTH
                && at + length < bytes.limit()
                && bytes.get(at + length) == secret.charAt(from + length)) {
            length++;
        }
        return length;
    }
}
