package org.brkmap.evidence;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Evidence as JSON (RFC 8259), in the schema {@value EvidenceDocument#SCHEMA} that docs/evidence.schema.json states. The
 * same evidence gives the same text, and what was written reads back equal. Thread-safe.
 */
public final class EvidenceJson {
    /** The longest text that is read, in characters: two snapshots of some hundred thousand mappings. */
    public static final int MAX_CHARACTERS = 128 << 20;

    private EvidenceJson() {}

    /** The document as one line of JSON. Unknown values are written as null. */
    public static String write(EvidenceDocument document) {
        TextWriter text = new TextWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.setStrictness(Strictness.STRICT);
            out.setSerializeNulls(true);
            write(out, document);
        } catch (IOException e) {
            throw new UncheckedIOException("a string refused to be written", e);
        }
        text.write('\n');
        return text.toString();
    }

    private static void write(JsonWriter out, EvidenceDocument document) throws IOException {
        out.beginObject();
        out.name("schema").value(EvidenceDocument.SCHEMA);
        if (document instanceof LabDocument lab) {
            LabJson.writeMembers(out, lab);
        } else {
            RunJson.writeMembers(out, (RunDocument) document);
        }
        out.endObject();
    }

    /** The document with its rows in columns, in ASCII; {@link #readColumns} gives it back. */
    static String writeColumns(EvidenceDocument document) {
        JsonTreeWriter tree = new JsonTreeWriter();
        try {
            write(tree, document);
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused to be written", e);
        }
        return JsonText.of(Columns.of(tree.root()));
    }

    /** Reads what {@link #writeColumns} wrote, as strictly as {@link #read(String)}. */
    static EvidenceDocument readColumns(String text) throws EvidenceException {
        return read(JsonNode.root(Rows.of(JsonTree.parse(text).value())));
    }

    /**
     * Reads a run's document or a lab's.
     *
     * @throws EvidenceException if the text is too long, is not JSON, is of another schema, or departs from it anywhere; the
     *     message names the place
     */
    public static EvidenceDocument read(String text) throws EvidenceException {
        if (text.length() > MAX_CHARACTERS) {
            throw new EvidenceException(
                    "$", "the text has " + text.length() + " characters; at most " + MAX_CHARACTERS + " are read");
        }
        return read(JsonTree.parse(text));
    }

    private static EvidenceDocument read(JsonNode root) throws EvidenceException {
        JsonFields in = root.fields();
        if (!in.has("schema")) {
            throw root.wrong("has no \"schema\" member; this is not evidence of brkmap");
        }
        String schema = in.text("schema");
        if (!schema.equals(EvidenceDocument.SCHEMA)) {
            throw in.at("schema")
                    .wrong("is \"" + schema + "\"; this version of brkmap reads \"" + EvidenceDocument.SCHEMA
                            + "\" only. Make the evidence again, or read it with the version that wrote it");
        }
        EvidenceDocument document = root.as(node -> in.has("runs") ? LabJson.readMembers(in) : RunJson.readMembers(in));
        in.end();
        return document;
    }
}
