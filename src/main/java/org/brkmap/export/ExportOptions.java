package org.brkmap.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.brkmap.grade.Roster;
import org.brkmap.grade.Student;
import org.jspecify.annotations.Nullable;

/**
 * What is to be exported, and what its form asks for. Immutable.
 *
 * @param labs ids of those that are exported; empty for all
 * @param students ids of those who are; empty for all
 * @param roster the class as the course system lists it: nobody else is exported
 * @param assignments numbers of assignments in Canvas, by lab
 * @param template the worksheet, file or folder that is filled in; null if none was named
 * @param user by what Moodle is told who a student is; null for the first that everybody has
 * @param zeroForMissing whether who handed in nothing gets 0, and not a blank
 * @param environment of the process, where a runner says what it is running
 */
public record ExportOptions(
        List<String> labs,
        List<String> students,
        Roster roster,
        Map<String, String> assignments,
        @Nullable Path template,
        Student.@Nullable Column user,
        boolean zeroForMissing,
        Map<String, String> environment) {
    public ExportOptions {
        labs = List.copyOf(labs);
        students = List.copyOf(students);
        assignments = Map.copyOf(assignments);
        environment = Map.copyOf(environment);
    }

    /** All of a class, and nothing else said. */
    public static ExportOptions of(Roster roster) {
        return new ExportOptions(List.of(), List.of(), roster, Map.of(), null, null, false, Map.of());
    }
}
