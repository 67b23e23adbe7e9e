package lab5;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.toolchain.ValgrindMonitor;
import org.jspecify.annotations.Nullable;

/**
 * What valgrind's gdbserver answers about lost.c, at the moment at which it has stopped it: asked once, when the first answer
 * is needed, by a script of commands. What it says comes from user space.
 */
final class Monitor {
    static final List<String> HOLDERS = List.of("variable", "block", "stack");

    private static final int BUFFER = 64;
    private static final int BEYOND = 400;
    private static final int MOST_RECORDS = 8;

    private final Bench bench;
    private final long seed;
    private @Nullable Answers answers;

    /** What was answered, and where the three blocks lie. */
    private record Answers(String text, long block) {}

    Monitor(Bench bench, long seed) {
        this.bench = bench;
        this.seed = seed;
    }

    /** Bytes definitely lost, by leak_check. */
    long bytes() {
        return number("([0-9,]+) (?:\\([^)]*\\) )?bytes in [0-9,]+ blocks are definitely lost");
    }

    /** Blocks of that record, by block_list. */
    long blocks() {
        String record = match("definitely lost in loss record (\\d+) of");
        Matcher list = Pattern.compile("definitely lost in loss record " + record
                        + " of[^\\n]*\\n(?:==\\d+== +(?:at|by)[^\\n]*\\n)+((?:==\\d+== 0x[0-9A-Fa-f]+\\[\\d+\\]\\n)+)")
                .matcher(text());
        if (!list.find()) {
            throw unanswered("block_list");
        }
        return list.group(1).lines().count();
    }

    /** Where a pointer to the block lies, by who_points_at. */
    String holder() {
        String place = match("points at 0x[0-9a-f]+\\n[^\\n]*? is ([^\\n]*)");
        if (place.contains("data symbol")) {
            return "variable";
        }
        return place.contains("stack") ? "stack" : "block";
    }

    /** Bytes without a value, by get_vbits. */
    long unwritten() {
        Matcher rows = Pattern.compile("(?m)^((?:[0-9a-f_]{8} ?)+)$").matcher(text());
        StringBuilder bits = new StringBuilder();
        while (rows.find()) {
            bits.append(rows.group(1).replace(" ", ""));
        }
        if (bits.length() != 2 * BUFFER) {
            throw unanswered("get_vbits");
        }
        long unwritten = 0;
        for (int at = 0; at < bits.length(); at += 2) {
            unwritten += bits.substring(at, at + 2).equals("00") ? 0 : 1;
        }
        return unwritten;
    }

    /** Bytes up to the first one that is not addressable, by check_memory. */
    long length() {
        return Long.parseLong(match("(?i)bad address 0x([0-9a-f]+)").toLowerCase(Locale.ROOT), 16)
                - answers().block();
    }

    private long number(String pattern) {
        return Long.parseLong(match(pattern).replace(",", ""));
    }

    private String match(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text());
        if (!matcher.find()) {
            throw unanswered(pattern);
        }
        return matcher.group(1);
    }

    private String text() {
        return answers().text();
    }

    private RuntimeException unanswered(String what) {
        return bench.notChecked("valgrind's gdbserver answers otherwise here: " + what);
    }

    private Answers answers() {
        Answers known = answers;
        if (known == null) {
            known = ask();
            answers = known;
        }
        return known;
    }

    private Answers ask() {
        bench.needs(ValgrindMonitor.isInstalled(), "valgrind and vgdb are not installed (package valgrind)");
        Path program = bench.build(Recipe.of("lost", "labs/lab5/lost.c").define("SEED", seed))
                .executable();
        List<String> written = new ArrayList<>();
        try {
            String text = ValgrindMonitor.ask(bench.file(""), List.of(program.toString()), addresses -> {
                written.add(addresses);
                return commands(addresses);
            });
            return new Answers(text, Long.decode(address(written.get(0), "block")));
        } catch (IOException e) {
            throw bench.notChecked(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bench.notChecked("interrupted");
        }
    }

    private static List<String> commands(String addresses) {
        List<String> commands = new ArrayList<>(List.of("v.info n_errs_found", "leak_check full definiteleak any"));
        for (int record = 1; record <= MOST_RECORDS; record++) {
            commands.add("block_list " + record);
        }
        commands.add("who_points_at " + address(addresses, "asked"));
        commands.add("get_vbits " + address(addresses, "buffer") + " " + BUFFER);
        commands.add("check_memory addressable " + address(addresses, "block") + " " + BEYOND);
        return commands;
    }

    private static String address(String addresses, String name) {
        return addresses
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("lost.c tells no address of \"" + name + "\""));
    }
}
