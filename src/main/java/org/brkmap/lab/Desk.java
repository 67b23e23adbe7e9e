package org.brkmap.lab;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.brkmap.evidence.LabDocument;
import org.jspecify.annotations.Nullable;

/**
 * Where a lab that is run tells its end, and what it is told by the one who runs it.
 *
 * @param out where the tree is printed
 * @param judged is given what came of it before the report is written
 * @param end is given the same once it is
 * @param knowsTheAnswers whether the answer {@value Judge#MEASURED} is right wherever something is measured
 * @param detail how much to print
 * @param kept ids of the checks that are not made this time, and stay in the report as they last came out
 * @param earlier the report they stand in; null to read the one that was written last
 * @param claim the report whose runs are judged in the place of programs; null to run programs
 * @param checks the project whose checks are made; null if it is the one that is worked in
 * @param abandoned whether nobody waits for the end any more: then nothing is printed, and nothing kept
 */
record Desk(
        PrintStream out,
        Consumer<End> judged,
        Consumer<End> end,
        boolean knowsTheAnswers,
        ConsoleTree.Detail detail,
        Set<String> kept,
        @Nullable LabDocument earlier,
        @Nullable LabDocument claim,
        @Nullable Path checks,
        BooleanSupplier abandoned) {
    private static final Map<String, Desk> OPEN = new ConcurrentHashMap<>();

    /**
     * What came of a run.
     *
     * @param uses by exercise: the files it looked at, relative to the project, and of the worksheet the keys, as
     *     {@code FILE#KEY}
     */
    record End(LabDocument document, Map<String, Set<String>> uses) {
        End {
            uses = Map.copyOf(uses);
        }
    }

    Desk {
        kept = Set.copyOf(kept);
    }

    /** The standard output, as it is now. */
    static Desk ofThisProcess() {
        return new Desk(
                System.out,
                judged -> {},
                end -> {},
                false,
                ConsoleTree.Detail.ALL,
                Set.of(),
                null,
                null,
                null,
                () -> false);
    }

    static Desk byName(String name) {
        Desk desk = OPEN.get(name);
        if (desk == null) {
            throw new IllegalArgumentException("there is no desk " + name);
        }
        return desk;
    }

    /** Opens it under a name; it is found by that until it is closed. */
    String open() {
        String name = UUID.randomUUID().toString();
        OPEN.put(name, this);
        return name;
    }

    static void close(String name) {
        OPEN.remove(name);
    }
}
