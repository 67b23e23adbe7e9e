package lab4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.lab.Bench;
import org.brkmap.toolchain.ToolResult;

/**
 * What a program moved by read, write and their like, by /proc/PID/io of a shell that ran it: a process that is waited for
 * leaves its counts to its parent (proc_pid_io(5)). The shell's own are counted, too, so compare two runs.
 *
 * @param read bytes
 * @param written bytes
 * @param reads calls
 * @param writes calls
 */
record Io(long read, long written, long reads, long writes) {
    private static final String SCRIPT =
            "ulimit -f 131072; ulimit -t 10; cat /proc/$$/io; \"$0\" \"$@\" > /dev/null; s=$?; echo; cat /proc/$$/io; exit $s";

    private static final Pattern FIELD = Pattern.compile("(?m)^(rchar|wchar|syscr|syscw): (\\d+)$");

    /** Whether this kernel counts. */
    static boolean isCounted() {
        return Files.isReadable(Path.of("/proc/self/io"));
    }

    /** Runs a program in the project's root, and tells what it cost; it must end well. */
    static Io of(Bench bench, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, program));
        command.addAll(List.of(arguments));
        ToolResult result = CopyProgram.run(bench, command);
        assertThat(result.exit())
                .as("exit status of the copy; it said: %s", result.stderr().strip())
                .isZero();
        return difference(result.stdout());
    }

    Io less(Io other) {
        return new Io(read - other.read, written - other.written, reads - other.reads, writes - other.writes);
    }

    private static Io difference(String said) {
        int middle = said.indexOf("\n\n");
        if (middle < 0) {
            throw new AssertionError("/proc/PID/io was not read: " + said.strip());
        }
        return parse(said.substring(middle)).less(parse(said.substring(0, middle + 1)));
    }

    private static Io parse(String text) {
        long[] values = new long[4];
        List<String> names = List.of("rchar", "wchar", "syscr", "syscw");
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            values[names.indexOf(field.group(1))] = Long.parseLong(field.group(2));
        }
        return new Io(values[0], values[1], values[2], values[3]);
    }
}
