package org.brkmap.grade;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables as RFC 4180 has them, in UTF-8, read strictly and written so that a spreadsheet runs nothing of them. */
public final class CsvText {
    /** The largest table that is read, in bytes. */
    static final int MAX_BYTES = 16 << 20;

    private static final int MAX_ROWS = 200_000;

    private CsvText() {}

    /**
     * One row.
     *
     * @param line where it begins in the file, from 1
     */
    public record Row(long line, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        /** The cell, or an empty text where the row is short. */
        public String at(int column) {
            return column < 0 || column >= cells.size() ? "" : cells.get(column);
        }
    }

    /**
     * The rows of a file; the first is its header.
     *
     * @throws GradeException if it cannot be read, or is no table in UTF-8; the message says what to do
     */
    public static List<Row> read(Path file) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new GradeException(file + " has more than " + MAX_BYTES + " bytes, and is not read");
            }
            bytes = Files.readAllBytes(file);
        } catch (GradeException e) {
            throw e;
        } catch (IOException e) {
            throw new GradeException(file + " cannot be read: " + e + ". Name a CSV file that you may read", e);
        }
        return parse(file.toString(), decode(file, bytes));
    }

    private static String decode(Path file, byte[] bytes) throws GradeException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new GradeException(file + " is not UTF-8; save it as \"CSV UTF-8\"", e);
        }
    }

    /** The rows of a text. */
    static List<Row> parse(String name, String text) throws GradeException {
        List<Row> rows = new ArrayList<>();
        // Otherwise the rest of the class would be one cell.
        if (text.chars().filter(letter -> letter == '"').count() % 2 != 0) {
            throw new GradeException(name + " is not CSV: a quotation mark is not closed");
        }
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .allowExtraCharsAfterClosingQuote(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                if (rows.size() == MAX_ROWS) {
                    throw new GradeException(name + " has more than " + MAX_ROWS + " rows, and is not read");
                }
                rows.add(new Row(row.getStartingLineNumber(), row.getFields()));
            }
        } catch (GradeException e) {
            throw e;
        } catch (IOException | CsvParseException e) {
            throw new GradeException(
                    name + ": after row " + rows.size() + " it is not CSV: " + e.getMessage()
                            + ". A quotation mark within a cell is doubled, and such a cell stands in quotation marks",
                    e);
        }
        return rows;
    }

    /** The rows as text, each cell harmless to a spreadsheet. */
    public static String write(List<? extends List<String>> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            for (List<String> row : rows) {
                writer.writeRecord(row.stream().map(CsvText::harmless).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused to be written", e);
        }
        return text.toString();
    }

    /**
     * The text with what would make it a formula made harmless: a cell that begins with = + - @, a tab or a carriage return
     * gets an apostrophe before it, unless it is a plain number or a lone dash. NUL is taken out.
     */
    static String harmless(String cell) {
        String text = cell.replace("\0", "");
        if (text.isEmpty()
                || "=+-@\t\r\n".indexOf(text.charAt(0)) < 0
                || text.equals("-")
                || text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            return text;
        }
        return "'" + text;
    }
}
