package org.brkmap.elf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/** Lists the symbols of a file by nm(1), in its POSIX format: name, type, value and size. */
final class SymbolTable {
    /** A name may hold blanks; the last three fields cannot. */
    private static final Pattern ROW =
            Pattern.compile("(?<name>.*) (?<type>\\S) (?<address>[0-9a-f]{1,16}) ?(?<size>[0-9a-f]{1,16})?");

    private static final int OUTPUT_LIMIT = 64 << 20;

    private SymbolTable() {}

    /** The symbols of .symtab, or of .dynsym; those that are defined. */
    static List<Symbol> read(Path file, boolean dynamic) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("nm", "-P", "--defined-only"));
        if (dynamic) {
            command.add("-D");
        }
        command.add(file.toAbsolutePath().toString());
        ToolResult result = Tool.of(command)
                .neededFor("to list a program's symbols")
                .outputLimit(OUTPUT_LIMIT)
                .run();
        if (!result.succeeded()) {
            throw new IOException("nm could not list the symbols of " + file + ": "
                    + result.stderr().strip());
        }
        return result.stdout()
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(SymbolTable::symbol)
                .toList();
    }

    private static Symbol symbol(Matcher row) {
        String size = row.group("size");
        return new Symbol(
                Long.parseUnsignedLong(row.group("address"), 16),
                size == null ? 0 : Long.parseUnsignedLong(size, 16),
                row.group("type").charAt(0),
                row.group("name"));
    }
}
