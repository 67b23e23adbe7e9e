package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.Permissions;
import org.brkmap.model.Usage;
import org.brkmap.procfs.ProcException.Kind;

/**
 * A listing of maps or smaps that somebody saved, on any machine, perhaps edited: what can be read of it is read, and the rest
 * is named. Columns need not be aligned. Immutable.
 *
 * @param mappings in order of address
 * @param missingBefore indices of mappings before which something was cut out, or could not be read; the number of mappings
 *     stands for the end
 * @param problems the lines that were not understood, in order
 */
public record MapsListing(List<Mapping> mappings, Set<Integer> missingBefore, List<Problem> problems) {

    /**
     * A line that was not understood.
     *
     * @param line its number, from 1
     */
    public record Problem(int line, String why, String text) {}

    private static final Pattern ROW =
            Pattern.compile("\\s*([0-9a-fA-F]{1,16})-([0-9a-fA-F]{1,16})\\s+([r-][w-][x-][ps])\\s+"
                    + "([0-9a-fA-F]{1,16})\\s+([0-9a-fA-F]{1,8}):([0-9a-fA-F]{1,8})\\s+(\\d{1,19})(?:\\s+(.*?))?\\s*");
    private static final Pattern CUT =
            Pattern.compile("\\s*(?:[\\[(<{]?\\s*(?:\\.{2,}|…|⋮)\\s*[\\])>}]?|[-*#~ ]*\\.{3,}.*)\\s*");
    private static final Pattern DETAIL = Pattern.compile("\\s*[A-Z][A-Za-z_]+:(?:\\s.*)?");
    private static final Pattern RESIDENT = Pattern.compile("\\s*Rss:\\s+(\\d{1,15}) kB\\s*");
    private static final int LONGEST_ROW = 1 << 16;

    public MapsListing {
        mappings = List.copyOf(mappings);
        missingBefore = Set.copyOf(missingBefore);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a listing.
     *
     * @param source what the text is, for messages
     * @throws ProcException of kind MALFORMED if it is empty, or holds no row of maps at all
     */
    public static MapsListing read(byte[] bytes, String source) throws ProcException {
        if (bytes.length == 0) {
            throw malformed(source + " is empty. Save a listing with: cat /proc/PID/maps > FILE");
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw malformed(source + " is not a text: byte " + i + " is NUL. A listing of maps is wanted, as from"
                        + " cat /proc/PID/maps.");
            }
        }
        Reading reading = new Reading();
        String text = new String(bytes, UTF_8);
        text.lines().forEach(reading::line);
        boolean whole = text.endsWith("\n");
        reading.end(whole);
        if (reading.mappings.isEmpty()) {
            throw malformed(
                    source + " has no row of a maps file in it. Rows are as 00400000-00452000 r-xp 00000000 08:02"
                            + " 173521 /usr/bin/dbus-daemon (proc_pid_maps(5)).");
        }
        return new MapsListing(reading.mappings, reading.missing, reading.problems);
    }

    private static ProcException malformed(String message) {
        return new ProcException(Kind.MALFORMED, message);
    }

    /** How far the reading has come. */
    private static final class Reading {
        private final List<Mapping> mappings = new ArrayList<>();
        private final Set<Integer> missing = new TreeSet<>();
        private final List<Problem> problems = new ArrayList<>();
        private int number;

        void line(String line) {
            number++;
            Matcher row = ROW.matcher(line.length() > LONGEST_ROW ? "" : line);
            if (row.matches()) {
                row(row, line);
            } else if (CUT.matcher(line).matches()) {
                missing.add(mappings.size());
            } else if (DETAIL.matcher(line).matches() && !mappings.isEmpty()) {
                detail(line);
            } else if (!line.isBlank()) {
                problem("this is not a row of maps", line);
            }
        }

        private void row(Matcher row, String line) {
            long start = Long.parseUnsignedLong(row.group(1), 16);
            long end = Long.parseUnsignedLong(row.group(2), 16);
            long lastEnd = mappings.isEmpty()
                    ? 0
                    : mappings.get(mappings.size() - 1).range().end();
            if (Long.compareUnsigned(end, start) <= 0) {
                problem("its end is not above its start", line);
            } else if (Long.compareUnsigned(start, lastEnd) < 0) {
                problem("it begins below " + AddressRange.hex(lastEnd) + ", where the row before it ends", line);
            } else {
                mappings.add(mapping(row, new AddressRange(start, end)));
            }
        }

        private static Mapping mapping(Matcher row, AddressRange range) {
            String name = row.group(8) == null ? "" : row.group(8);
            Backing backing = new Backing(
                    Integer.parseUnsignedInt(row.group(5), 16),
                    Integer.parseUnsignedInt(row.group(6), 16),
                    Long.parseUnsignedLong(row.group(7)),
                    Long.parseUnsignedLong(row.group(4), 16),
                    name);
            return Mapping.of(range, Permissions.parse(row.group(3)), backing);
        }

        /** What smaps adds to a row: of it, what is in memory. */
        private void detail(String line) {
            Matcher resident = RESIDENT.matcher(line);
            if (resident.matches()) {
                int last = mappings.size() - 1;
                Usage usage = new Usage(
                        Long.parseLong(resident.group(1)) * 1024,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
                mappings.set(last, mappings.get(last).withUsage(usage));
            }
        }

        void end(boolean whole) {
            int last = problems.size() - 1;
            if (!whole && last >= 0 && problems.get(last).line() == number) {
                problems.set(
                        last,
                        new Problem(
                                number,
                                "the text ends within this row",
                                problems.get(last).text()));
            }
        }

        private void problem(String why, String line) {
            missing.add(mappings.size());
            problems.add(new Problem(number, why, line.length() > 200 ? line.substring(0, 200) : line));
        }
    }
}
