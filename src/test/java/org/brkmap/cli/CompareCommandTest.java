package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.LargeRun;
import org.brkmap.evidence.RunDocument;
import org.brkmap.report.HtmlReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final RunDocument GROWS = RunDocument.of("grows", ExampleRuns.heapGrows());
    private static final RunDocument APPEARS = RunDocument.of("appears", ExampleRuns.mappingsAppear());

    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path report(String name, EvidenceDocument document) throws IOException {
        return file(name, HtmlReport.render(document));
    }

    private static LabDocument lab(String id, RunDocument... runs) {
        return new LabDocument(id, "t", "brkmap test", List.of(runs), Map.of(), List.of(), Map.of());
    }

    @Test
    void aReportAndItsEvidenceAreTheSameAndTwoRunsAreSetSideBySide() throws IOException {
        Path one = report("one.html", GROWS);
        Path same = file("one.json", EvidenceJson.write(GROWS));
        Path other = report("other.html", APPEARS);
        Path page = folder.resolve("both.html");
        assertThat(shell.run("compare", one, same)).as(shell.err()).isZero();
        assertThat(shell.run("compare", one, other, "--html", page)).isEqualTo(3);
        assertThat(shell.out()).contains("+200 KiB", "+780 KiB");
        assertThat(page).content().contains("What differs");
        assertThat(shell.run("compare", "--json", one, other)).isEqualTo(3);
        assertThat(JsonParser.parseString(shell.out())
                        .getAsJsonObject()
                        .get("same")
                        .getAsBoolean())
                .isFalse();
    }

    @Test
    void whatIsNoReportOrWasDamagedIsRefusedByNameWhicheverSideItStandsOn() throws IOException {
        Path good = report("good.html", GROWS);
        String small = Files.readString(good);
        String large = HtmlReport.render(RunDocument.of(LargeRun.of(2000)));
        int packed = large.indexOf("columns-folded-gzip\">") + 21;
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("notes.txt", "Dear diary");
        bad.put("empty", "");
        bad.put("page.html", "<!doctype html><p>no report");
        bad.put("other.json", "{\"a\":1}");
        bad.put("cut.json", EvidenceJson.write(GROWS).substring(0, 2000));
        bad.put("cut.html", small.substring(0, small.indexOf("\"checkpoints\"") + 400));
        bad.put("packed-cut.html", large.substring(0, packed + 4000));
        bad.put("packed-edited.html", large.substring(0, packed + 4000) + "AAAAAAAA" + large.substring(packed + 4008));
        bad.put("twice.html", small + small);
        bad.put("edited.html", small.replaceFirst("\"start\":\"0x", "\"start\":\"x"));
        bad.put("newer.json", EvidenceJson.write(GROWS).replace("brkmap/evidence/1", "brkmap/evidence/2"));
        for (Map.Entry<String, String> each : bad.entrySet()) {
            Path file = file(each.getKey(), each.getValue());
            Path page = folder.resolve("both.html");
            for (Object[] sides : new Object[][] {{good, file}, {file, good}, {file, file}}) {
                assertThat(shell.run("compare", sides[0], sides[1], "--html", page))
                        .as(each.getKey())
                        .isEqualTo(1);
                assertThat(shell.err()).contains(file.toString()).doesNotContain("Exception", "\tat ");
                assertThat(shell.out()).isEmpty();
                assertThat(page).doesNotExist();
            }
        }
        assertThat(shell.err()).contains("brkmap/evidence/2", "Make the evidence again");
    }

    @Test
    void whatCannotBeReadIsToldApart() throws IOException {
        Path good = report("good.html", GROWS);
        assertThat(shell.run("compare", good, folder.resolve("absent.html"))).isEqualTo(1);
        assertThat(shell.err()).contains("absent.html: there is no such file");
        assertThat(shell.run("compare", folder, good)).isEqualTo(1);
        assertThat(shell.err()).contains(folder.toString(), "directory");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1, 2});
        assertThat(shell.run("compare", good, binary)).isEqualTo(1);
        assertThat(shell.err()).contains(binary.toString());
    }

    @Test
    void twoLabsWithoutACommonRunAreRefusedAndTwoOfOneLabAreCompared() throws IOException {
        Path one = report("lab2.html", lab("lab2", GROWS));
        Path other = report("lab3.html", lab("lab3", APPEARS));
        Path more = report("more.html", lab("lab2", GROWS, APPEARS));
        assertThat(shell.run("compare", one, other)).isEqualTo(1);
        assertThat(shell.err())
                .contains("nothing to compare", "lab2.html holds lab2 (one run)", "lab3.html holds lab3 (one run)");
        assertThat(shell.run("compare", one, report("run.html", APPEARS)))
                .as("two single runs are a pair whatever their names")
                .isEqualTo(3);
        assertThat(shell.run("compare", report("none.html", lab("lab2")), one)).isEqualTo(1);
        assertThat(shell.err()).contains("none.html holds lab2 (no run)");
        assertThat(shell.run("compare", one, more)).isEqualTo(3);
        assertThat(shell.out()).contains("There is no such run.");
    }
}
