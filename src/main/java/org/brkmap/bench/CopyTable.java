package org.brkmap.bench;

import java.util.List;
import java.util.Locale;
import org.brkmap.report.Sizes;
import org.jspecify.annotations.Nullable;

/** The results for a terminal, and for machines: a table, and a line per copy in CSV (RFC 4180). */
final class CopyTable {
    private static final List<String> PHASES = List.of("open", "map", "copy", "flush", "unmap", "close");
    private static final List<String> COUNTS = List.of(
            "minor_faults",
            "major_faults",
            "waits",
            "preemptions",
            "user_us",
            "system_us",
            "instructions",
            "user_instructions",
            "cycles",
            "user_cycles",
            "tlb_misses",
            "user_tlb_misses");

    private CopyTable() {}

    static String text(CopyResults results) {
        StringBuilder text = new StringBuilder();
        results.machine().forEach(line -> text.append(line).append('\n'));
        text.append(
                "median of each way, and the interval that holds it with 95 % confidence; faster and slower than the"
                        + " textbook's read and write\n");
        for (CopyCell cell : results.cells()) {
            text.append('\n')
                    .append(Sizes.compact(cell.bytes()))
                    .append(", ")
                    .append(cell.circumstances())
                    .append('\n');
            for (CopySummary summary : results.of(cell)) {
                text.append(row(summary)).append('\n');
            }
        }
        CopyFindings.of(results).forEach((circumstances, findings) -> {
            text.append("\nWhat it says: ").append(circumstances).append('\n');
            findings.forEach(finding -> text.append("• ").append(finding).append('\n'));
        });
        List<String> reasons = CopyWhy.of(results);
        if (!reasons.isEmpty()) {
            text.append('\n').append(CopyFindings.WHY).append('\n');
            reasons.forEach(sentence -> text.append("• ").append(sentence).append('\n'));
        }
        List<List<String>> brief = CopyInShort.rows(results);
        if (!brief.isEmpty()) {
            text.append("\nIn short, ")
                    .append(Sizes.compact(results.plan().largest()))
                    .append('\n');
            brief.forEach(row -> text.append("  ")
                    .append(row.get(0))
                    .append(": ")
                    .append(row.get(1))
                    .append("; mmap × read/write 8 KiB ")
                    .append(row.get(4))
                    .append(", ")
                    .append(row.get(5))
                    .append('\n'));
            CopyInShort.sentences(results)
                    .forEach(sentence -> text.append("• ").append(sentence).append('\n'));
        }
        text.append('\n');
        results.missing()
                .forEach((id, why) -> text.append("not measured: ")
                        .append(id)
                        .append(": ")
                        .append(why)
                        .append('\n'));
        results.unmeasured()
                .forEach((cell, why) -> text.append(unmeasured(cell, why)).append('\n'));
        results.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    private static String row(CopySummary summary) {
        Estimate millis = summary.millis();
        return String.format(
                        Locale.ROOT,
                        "  %-30s %9.3f ms (%.3f–%.3f)  %12s  %5s of textbook, %s",
                        summary.strategy().title(),
                        millis.median(),
                        millis.low(),
                        millis.high(),
                        rate(summary.throughput()),
                        summary.toTextbook() == null
                                ? "n/a"
                                : String.format(
                                        Locale.ROOT,
                                        "%.2f×",
                                        summary.toTextbook().median()),
                        summary.strategy().isLimit()
                                ? "the limit"
                                : summary.verdict().words())
                .stripTrailing();
    }

    static String unmeasured(CopyCell cell, String why) {
        return Sizes.compact(cell.bytes()) + ", " + cell.circumstances() + ": n/a, " + why;
    }

    static String rate(@Nullable Double bytesASecond) {
        return bytesASecond == null ? "n/a" : Sizes.compact(bytesASecond.longValue()) + "/s";
    }

    /** One line per counted copy; a number that is not known is left empty. */
    static String csv(CopyResults results) {
        StringBuilder text = new StringBuilder("bytes,cache,destination,synced,round,strategy");
        PHASES.forEach(phase -> text.append(',').append(phase).append("_ns"));
        COUNTS.forEach(count -> text.append(',').append(count));
        text.append("\r\n");
        for (CopyRun run : results.runs()) {
            CopyCell cell = run.cell();
            text.append(cell.bytes())
                    .append(',')
                    .append(cell.cache().name().toLowerCase(Locale.ROOT))
                    .append(',')
                    .append(cell.destination().name().toLowerCase(Locale.ROOT))
                    .append(',')
                    .append(cell.synced())
                    .append(',')
                    .append(run.round())
                    .append(',')
                    .append(run.strategy());
            PHASES.forEach(
                    phase -> text.append(',').append(cell(run.measure().phases().get(phase))));
            COUNTS.forEach(
                    count -> text.append(',').append(cell(run.measure().counts().get(count))));
            text.append("\r\n");
        }
        return text.toString();
    }

    private static String cell(@Nullable Long value) {
        return value == null ? "" : value.toString();
    }
}
