package org.brkmap.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.brkmap.model.Observation;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Evidence inside an HTML report: a {@code <script type="application/json" id="evidence">}. A document of more than some
 * hundred rows is put in columns, folded, and packed as gzip in base64; a very large one is packed alone.
 * {@code data-encoding} says which.
 */
public final class EvidenceIsland {
    private static final String ID = "evidence";
    /** Rows of maps, events and the like: about 100 KB of JSON. */
    private static final int PACK_ABOVE = 250;
    /** Beyond this the last half of space is not worth the seconds. */
    private static final int PACK_QUICKLY_ABOVE = 50_000;

    private static final String SHA256 = "data-sha256";
    private static final String COLUMNS = "columns-folded-gzip";
    private static final String GZIP = "gzip";
    private static final String NAMED = "=\"" + ID + "\"";
    private static final String START = "<script type=\"application/json\" id" + NAMED;
    private static final String END = "</script>";

    private EvidenceIsland() {}

    /** The element to append to a report. */
    public static Element element(EvidenceDocument evidence) {
        return element(evidence, () -> EvidenceJson.write(evidence));
    }

    /** The element for a document that {@link EvidenceJson#write} has written already. */
    public static Element element(EvidenceDocument evidence, String written) {
        return element(evidence, () -> written);
    }

    private static Element element(EvidenceDocument evidence, Supplier<String> written) {
        long rows = rows(evidence);
        if (rows > PACK_ABOVE && rows <= PACK_QUICKLY_ABOVE) {
            String columns = ascii(EvidenceJson.writeColumns(evidence));
            return packed(COLUMNS, columns, Deflater.BEST_COMPRESSION);
        }
        String json = written.get().strip();
        if (rows > PACK_ABOVE) {
            return packed(GZIP, ascii(json), Deflater.DEFAULT_COMPRESSION);
        }
        // In JSON a < stands inside strings only; escaped, no text can end the element.
        String text = json.replace("<", "\\u003c");
        return script(text).appendChild(new DataNode(text));
    }

    private static Element script(String text) {
        return new Element("script")
                .attr("type", "application/json")
                .attr("id", ID)
                .attr(SHA256, IslandText.sha256(text));
    }

    private static long rows(EvidenceDocument evidence) {
        List<RunDocument> runs = evidence instanceof LabDocument lab ? lab.runs() : List.of((RunDocument) evidence);
        long rows = 0;
        for (RunDocument run : runs) {
            Observation seen = run.observation();
            rows += seen.events().size()
                    + seen.allocations().size()
                    + run.analysis().changes().size();
            rows += seen.snapshots().stream()
                    .mapToLong(snapshot -> snapshot.mappings().size())
                    .sum();
        }
        return rows;
    }

    private static Element packed(String encoding, String text, int level) {
        String folded = encoding.equals(COLUMNS) ? Folding.fold(text) : text;
        byte[] bytes = pack(folded.getBytes(StandardCharsets.US_ASCII), level);
        return script(text)
                .attr("data-encoding", encoding)
                .appendChild(new DataNode(Base64.getEncoder().encodeToString(bytes)));
    }

    /** As {@link #read(Document)}, from the text of a report. */
    public static EvidenceDocument read(String html) throws EvidenceException {
        return read(Jsoup.parse(scriptIn(html)));
    }

    /**
     * Reads the evidence a report carries.
     *
     * @throws EvidenceException if the page has none, has more than one, it cannot be read, or it is not the text that the page
     *     was made with
     */
    public static EvidenceDocument read(Document page) throws EvidenceException {
        IslandText text = text(page);
        if (text.isDamaged()) {
            throw new EvidenceException(
                    "script#" + ID,
                    "its SHA-256 is not what " + SHA256 + " says: the page was edited or damaged. Make it again");
        }
        return text.document();
    }

    /** The element alone, if the page holds one that begins as it is written, and names nothing else so: else the page. */
    private static String scriptIn(String html) {
        int start = html.indexOf(START);
        int end = start < 0 ? -1 : html.indexOf(END, start);
        int named = html.indexOf(NAMED);
        boolean one = end > 0 && named == html.lastIndexOf(NAMED);
        return one ? html.substring(start, end + END.length()) : html;
    }

    /** As {@link #text(Document)}, from the text of a report; of one that is as it was written, the rest is not parsed. */
    public static IslandText text(String html) throws EvidenceException {
        return text(Jsoup.parse(scriptIn(html)));
    }

    /**
     * The text of the evidence a report carries, as it stands there, changed or not.
     *
     * @throws EvidenceException if the page has none, has more than one, or it cannot be unpacked
     */
    public static IslandText text(Document page) throws EvidenceException {
        var scripts = page.select("script#" + ID + "[type=application/json]");
        if (scripts.size() != 1) {
            throw new EvidenceException(
                    "script#" + ID, "the page has " + scripts.size() + " of them; a report of brkmap has one");
        }
        Element script = scripts.get(0);
        String encoding = script.attr("data-encoding");
        String json = switch (encoding) {
            case "" -> script.data().strip();
            case GZIP -> unpack(script.data().strip());
            case COLUMNS -> Folding.unfold(unpack(script.data().strip()));
            default -> throw new EvidenceException("script#" + ID, "unknown encoding \"" + encoding + "\"");
        };
        return new IslandText(json, encoding.equals(COLUMNS), script.hasAttr(SHA256) ? script.attr(SHA256) : null);
    }

    /** Letters beyond ASCII escaped, so that a place in the text is the same number in every language. */
    private static String ascii(String json) {
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(json)) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length() + 64);
        json.chars().forEach(letter -> {
            if (letter < 0x80) {
                text.append((char) letter);
            } else {
                text.append(String.format(Locale.ROOT, "\\u%04x", letter));
            }
        });
        return text.toString();
    }

    private static byte[] pack(byte[] bytes, int level) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed) {
            {
                def.setLevel(level);
            }
        }) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused to be written", e);
        }
        return packed.toByteArray();
    }

    private static String unpack(String base64) throws EvidenceException {
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
            byte[] bytes = gzip.readNBytes(EvidenceJson.MAX_CHARACTERS + 1);
            if (bytes.length > EvidenceJson.MAX_CHARACTERS) {
                throw new EvidenceException(
                        "script#" + ID, "unpacks to more than " + EvidenceJson.MAX_CHARACTERS + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (EvidenceException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new EvidenceException("script#" + ID, "cannot be unpacked: " + e.getMessage(), e);
        }
    }
}
