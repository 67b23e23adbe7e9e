package org.brkmap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brkmap.evidence.FactsJson;
import org.brkmap.grade.Course;
import org.brkmap.grade.GradebookFiles;
import org.brkmap.grade.Result;
import org.brkmap.grade.ResultFiles;
import org.brkmap.grade.Roster;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap grade merge}: results of one or more runs into one gradebook. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the gradebook anew from the results in one or more folders: after other rules in course.properties, or"
                    + " when a class was graded in parts.",
            "",
            "Nothing is graded. The same results, roster and rules make the same bytes, whoever made them in what order;"
                    + " where a submission was both read and run again, the re-run counts."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:merged",
            "1:a result, the roster or the rules cannot be read",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap grade merge graded --course course.properties",
            "  ./brkmap grade merge part1 part2 --roster roster.csv --out graded"
        })
final class GradeMergeCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "OUT", description = "Folders that grade reports or grade rerun wrote.")
    private List<Path> parts = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Where the gradebook goes (default: the first OUT).")
    private @Nullable Path out;

    @Option(
            names = "--roster",
            paramLabel = "FILE",
            description = "The class (default: the one kept in the first OUT).")
    private @Nullable Path roster;

    @Option(names = "--course", paramLabel = "FILE", description = "The rules (default: those kept in the first OUT).")
    private @Nullable Path course;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path to = out == null ? parts.get(0) : out;
        GradebookFiles first = GradebookFiles.in(parts.get(0));
        Roster students = roster == null ? first.roster() : Roster.read(roster);
        Course rules = course == null ? first.course() : Course.read(course);
        List<Result> results = new ArrayList<>();
        for (Path part : parts) {
            results.addAll(ResultFiles.in(part).readAll());
        }
        GradebookFiles files = GradebookFiles.in(to);
        ResultFiles kept = ResultFiles.in(to);
        if (!to.equals(parts.get(0)) || parts.size() > 1) {
            for (Result result : results) {
                kept.write(result);
            }
        }
        files.keep(
                roster == null ? parts.get(0).resolve("roster.csv") : roster, course == null ? first.rules() : course);
        Path page = files.write(org.brkmap.grade.Gradebook.fold(results, students, rules));
        Console console = Console.of(spec);
        if (json) {
            console.out()
                    .print(FactsJson.write(new java.util.TreeMap<String, Object>(Map.of(
                            "schema", "brkmap/merged/1", "results", results.size(), "gradebook", page.toString()))));
        } else {
            console.out().println(results.size() + " results merged");
            console.out()
                    .println("Gradebook: " + page.toAbsolutePath().normalize().toUri());
        }
        console.out().flush();
        return 0;
    }
}
