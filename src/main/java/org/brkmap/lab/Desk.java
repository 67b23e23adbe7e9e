package org.brkmap.lab;

import java.io.PrintStream;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.brkmap.evidence.LabDocument;

/**
 * Where a lab that is run tells its end.
 *
 * @param out where the tree is printed
 * @param document is given the lab's document
 * @param knowsTheAnswers whether the answer {@value Judge#MEASURED} is right wherever something is measured
 */
record Desk(PrintStream out, Consumer<LabDocument> document, boolean knowsTheAnswers) {
    private static final Map<String, Desk> OPEN = new ConcurrentHashMap<>();

    /** The standard output, as it is now. */
    static Desk ofThisProcess() {
        return new Desk(System.out, document -> {}, false);
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
