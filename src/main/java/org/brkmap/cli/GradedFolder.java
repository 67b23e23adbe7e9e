package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.brkmap.grade.Course;
import org.brkmap.grade.Gradebook;
import org.brkmap.grade.GradebookFiles;
import org.brkmap.grade.Result;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.Roster;
import org.jspecify.annotations.Nullable;

/**
 * A folder that grading wrote, as a command is given it.
 *
 * @param roster the class it is folded with
 */
record GradedFolder(Roster roster, Gradebook book) {

    /**
     * Reads and folds it.
     *
     * @param given the roster for a folder that holds none, as {@code grade rerun} leaves it
     * @param rules the rules that go before those in it
     * @throws IOException if it cannot be read, or holds no results
     */
    static GradedFolder read(Path out, @Nullable Path given, @Nullable Path rules) throws IOException {
        List<Result> results = ResultFiles.in(out).readAll();
        if (results.isEmpty()) {
            throw new IOException(out + " holds no results; name a folder that grade reports, rerun or merge wrote");
        }
        GradebookFiles files = GradebookFiles.in(out);
        boolean kept = Files.exists(out.resolve("roster.csv"));
        Roster roster = kept || given == null ? files.roster() : Roster.read(given);
        Course course = rules == null ? files.course() : Course.read(rules);
        return new GradedFolder(roster, Gradebook.fold(results, roster, course));
    }
}
