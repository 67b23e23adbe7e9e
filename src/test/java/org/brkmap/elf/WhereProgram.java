package org.brkmap.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.brkmap.model.CallSite;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.ProjectFiles;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/** The program of src/test/resources/elf/where.c, built in some way, and what one run of it said. */
record WhereProgram(Path executable, Map<String, Long> said, List<Row> rows) {
    static final Path SOURCE = ProjectFiles.find().orElseThrow().root().resolve("src/test/resources/elf/where.c");

    private static final Pattern SAID = Pattern.compile("(\\w+) ([0-9a-f]+)");
    private static final Pattern ROW = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) ([0-9a-f]+) \\S+ \\d+ *(.*)");

    /** A row of maps. */
    record Row(long start, long end, long offset, String name) {}

    static Path build(Path directory, String... flags) throws IOException, InterruptedException {
        BuildRequest request = BuildRequest.of(SOURCE, directory);
        for (String flag : flags) {
            request = request.flag(flag);
        }
        return CCompiler.find().build(request).executable();
    }

    static WhereProgram run(Path executable) throws IOException, InterruptedException {
        ToolResult result = Tool.run(List.of(executable.toString()));
        assertThat(result.succeeded()).as(result.toString()).isTrue();
        Map<String, Long> said = result.stdout()
                .lines()
                .map(SAID::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(line -> line.group(1), line -> Long.parseUnsignedLong(line.group(2), 16)));
        List<Row> rows = result.stdout()
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(
                        Long.parseUnsignedLong(row.group(1), 16),
                        Long.parseUnsignedLong(row.group(2), 16),
                        Long.parseUnsignedLong(row.group(4), 16),
                        row.group(5)))
                .toList();
        return new WhereProgram(executable, said, rows);
    }

    long number(String name) {
        return said.get(name);
    }

    /** The mappings of the program from low to high. */
    List<Row> ownRows() {
        return rows.stream().filter(this::isOfProgram).toList();
    }

    /** Those that do not share their page of the file with another. */
    List<Row> rowsOfOneSegment() {
        List<Row> own = ownRows();
        return own.stream()
                .filter(row -> own.stream()
                                .filter(other -> other.offset() == row.offset())
                                .count()
                        == 1)
                .toList();
    }

    private boolean isOfProgram(Row row) {
        return row.name().equals(executable.toString());
    }

    /** The call site whose return address the program told under this name. */
    CallSite site(String name) {
        long address = number(name);
        Row row = rows.stream()
                .filter(each -> each.start() <= address && address < each.end())
                .findFirst()
                .orElseThrow();
        assertThat(row.name()).isEqualTo(executable.toString());
        return new CallSite(address, row.name(), row.offset() + (address - row.start()), null, null, null);
    }

    /** The number of the source line that holds the marker. */
    static int line(String marker) throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("/* " + marker + " */")) {
                return i + 1;
            }
        }
        throw new AssertionError("no line is marked " + marker);
    }
}
