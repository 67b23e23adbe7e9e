package lab6;

import java.util.List;
import org.brkmap.analyse.Analysis;

/** What is found in the four mappings of cells.c, in both processes and in the file. */
enum Cells {
    PRIVATE_ANONYMOUS("MAP_PRIVATE | MAP_ANONYMOUS", 1, 0),
    SHARED_ANONYMOUS("MAP_SHARED | MAP_ANONYMOUS", 2, 0),
    PRIVATE_FILE("MAP_PRIVATE of a file", 3, 5),
    SHARED_FILE("MAP_SHARED of a file", 4, 6);

    static final List<String> WHO = List.of("writer", "both", "all");

    private final String title;
    private final int cell;
    private final int file;

    Cells(String title, int cell, int file) {
        this.title = title;
        this.cell = cell;
        this.file = file;
    }

    String title() {
        return title;
    }

    /** Who finds what the child wrote, or else the parent. */
    String seenBy(Watched watched, boolean childWrote) {
        Analysis run = watched.run();
        String label = childWrote ? "child wrote" : "parent wrote";
        char written = childWrote ? 'c' : 'p';
        int parent = Processes.parent(run);
        int child = Processes.child(run);
        long address = Processes.pointedAt(run, cell);
        boolean byParent = watched.letter(label, parent, address) == written;
        boolean byChild = watched.letter(label, child, address) == written;
        boolean inFile = file != 0 && watched.letter(label, parent, Processes.pointedAt(run, file)) == written;
        if (!(childWrote ? byChild : byParent)) {
            throw new AssertionError(title + ": the writer itself does not find what it wrote");
        }
        if (!(childWrote ? byParent : byChild)) {
            return inFile ? "writer and file" : "writer";
        }
        return inFile ? "all" : "both";
    }
}
