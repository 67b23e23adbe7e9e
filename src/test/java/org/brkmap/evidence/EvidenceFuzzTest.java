package org.brkmap.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.brkmap.fuzz.Fuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Evidence that was written by somebody else: it is read, or it is refused with the place; and what was read is whole. */
@Tag("fuzz")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class EvidenceFuzzTest {
    private static final LabDocument LAB = ExampleRuns.lab();
    private static final String TEXT = EvidenceJson.write(LAB);
    private static final JsonElement TREE = JsonParser.parseString(TEXT);
    private static final String COLUMNS = EvidenceJson.writeColumns(LAB);

    private interface Reader {
        EvidenceDocument read() throws EvidenceException;
    }

    @Test
    void values_of_another_kind() {
        Fuzz.each(5, fuzz -> tryOut(fuzz.json(TREE).toString()));
    }

    @Test
    void text_of_another_kind() {
        Fuzz.each(5, fuzz -> tryOut(fuzz.text(TEXT)));
    }

    @Test
    void columns_of_another_kind() {
        JsonElement tree = JsonParser.parseString(COLUMNS);
        Fuzz.each(
                5, fuzz -> tryOut(() -> EvidenceJson.readColumns(fuzz.json(tree).toString())));
        Fuzz.each(5, fuzz -> tryOut(() -> EvidenceJson.readColumns(fuzz.text(COLUMNS))));
    }

    @Test
    void folded_text_of_another_kind() {
        String folded = Folding.fold(COLUMNS + COLUMNS + COLUMNS);
        Fuzz.each(5, fuzz -> {
            try {
                Folding.unfold(fuzz.text(folded));
            } catch (EvidenceException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        });
    }

    @Test
    void pages_of_another_kind() {
        for (String page : List.of(
                EvidenceIsland.element(LAB).outerHtml(),
                EvidenceIsland.element(RunDocument.of(LargeRun.of(400))).outerHtml())) {
            Fuzz.each(1, fuzz -> tryOut(() -> EvidenceIsland.read("<!DOCTYPE html>" + fuzz.text(page))));
        }
    }

    private static void tryOut(String json) throws EvidenceException {
        tryOut(() -> EvidenceJson.read(json));
    }

    private static void tryOut(Reader reader) throws EvidenceException {
        EvidenceDocument read;
        try {
            read = reader.read();
        } catch (EvidenceException refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(2_000);
            return;
        }
        assertThat(EvidenceJson.read(EvidenceJson.write(read))).isEqualTo(read);
    }
}
