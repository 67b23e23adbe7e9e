package org.brkmap.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brkmap.grade.CsvText.Row;

/** When students handed in, as a course system tells it: a table with a name of each student and a time with its zone's offset. */
public final class SubmissionTimes {
    private static final List<String> COLUMNS = List.of("submitted", "submission time", "submitted at", "submitted_at");
    private static final DateTimeFormatter SPACED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[ ]XX", Locale.ROOT);

    private SubmissionTimes() {}

    /**
     * The times by the student's id; the last of several counts.
     *
     * @throws GradeException if it cannot be read, or a time is not understood; the message names the line
     */
    public static Map<String, Instant> read(Path file, Roster roster) throws IOException {
        List<Row> rows = CsvText.read(file);
        int time = -1;
        List<String> header = rows.isEmpty() ? List.of() : rows.get(0).cells();
        for (int i = 0; i < header.size(); i++) {
            if (COLUMNS.contains(header.get(i).strip().toLowerCase(Locale.ROOT))) {
                time = i;
            }
        }
        if (time < 0) {
            throw new GradeException(file + ":1: no column is called submitted");
        }
        Map<String, Instant> times = new LinkedHashMap<>();
        for (Row row : rows.subList(1, rows.size())) {
            String text = row.at(time).strip();
            if (text.isEmpty()) {
                continue;
            }
            Instant when = instant(file, row, text);
            for (int i = 0; i < row.cells().size(); i++) {
                if (i != time) {
                    roster.named(row.at(i).strip())
                            .ifPresent(student ->
                                    times.merge(student.id(), when, (one, other) -> one.isAfter(other) ? one : other));
                }
            }
        }
        return times;
    }

    private static Instant instant(Path file, Row row, String text) throws GradeException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException other) {
            try {
                return OffsetDateTime.parse(text, SPACED).toInstant();
            } catch (DateTimeException e) {
                throw new GradeException(
                        file + ":" + row.line() + ": \"" + text
                                + "\" is not a time with its zone's offset, such as 2026-11-21T12:00:00+01:00",
                        e);
            }
        }
    }
}
