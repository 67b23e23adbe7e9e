package org.brkmap.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.brkmap.evidence.EvidenceException;
import org.brkmap.evidence.EvidenceIsland;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.ExampleRuns;
import org.brkmap.evidence.LabDocument;
import org.brkmap.fuzz.Fuzz;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Submissions as they should not be: something is always taken over or said, and nothing else ever happens. */
@Tag("fuzz")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ParcelFuzzTest {
    private static final Path ROOT = ProjectFiles.find().orElseThrow().root();
    private static final List<String> LABS = List.of("lab1", "lab2", "lab3");
    private static final List<String> NAMES = List.of(
            "grow.c",
            "labs/lab2/grow.c",
            "answers.properties",
            ".brkmap/lab2.properties",
            "target/reports/lab2.json",
            "reports/lab2.html",
            "report.json",
            "-fplugin=x.c",
            "../grow.c");

    @TempDir
    Path folder;

    @Test
    void archives_of_another_kind() throws Exception {
        byte[] right = zip(NAMES, contents());
        Fuzz.each(5, fuzz -> tryOut(Files.write(folder.resolve("in.zip"), fuzz.bytes(right))));
    }

    @Test
    void archives_of_other_names_and_contents() {
        Fuzz.each(3, fuzz -> {
            List<String> names = NAMES.stream().map(fuzz::text).distinct().toList();
            List<byte[]> contents = names.stream()
                    .map(name -> fuzz.bytes(fuzz.pick(contents())))
                    .toList();
            tryOut(Files.write(folder.resolve("in.zip"), zip(names, contents)));
        });
    }

    @Test
    void folders_of_other_contents() {
        Fuzz.each(3, fuzz -> {
            Path in = folder.resolve("in");
            JobFolder.delete(in);
            for (String name : NAMES) {
                if (!name.startsWith("..") && fuzz.below(3) > 0) {
                    Path file = in.resolve(name);
                    Files.createDirectories(file.getParent());
                    Files.write(file, fuzz.bytes(fuzz.pick(contents())));
                }
            }
            Files.createDirectories(in);
            tryOut(in);
        });
    }

    @Test
    void reports_of_other_runs_are_compared() {
        JsonElement tree = JsonParser.parseString(EvidenceJson.write(ExampleRuns.lab()));
        Fuzz.each(3, fuzz -> {
            String json = fuzz.json(tree).toString();
            tryOut(Files.write(folder.resolve("report.json"), json.getBytes(StandardCharsets.UTF_8)));
            try {
                if (EvidenceJson.read(json) instanceof LabDocument theirs) {
                    assertThat(Comparing.differences(theirs, ExampleRuns.lab())).hasSizeLessThanOrEqualTo(100);
                }
            } catch (EvidenceException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        });
    }

    private static void tryOut(Path submission) throws IOException {
        Parcel parcel = Parcel.open(submission);
        assertThat(parcel.sha256()).hasSize(64);
        assertThat(parcel.files().keySet())
                .allSatisfy(name -> assertThat(name)
                        .doesNotContain("\\")
                        .doesNotStartWith("/")
                        .doesNotStartWith("../"));
        for (String lab : new String[] {null, "lab2"}) {
            HandedIn handed = new Sorting(ROOT, LABS).sort(parcel, lab);
            assertThat(handed.files().keySet())
                    .allSatisfy(name -> assertThat(name).matches("[a-z_]+\\.[a-z]+"));
            assertThat(handed.progress().values())
                    .allSatisfy(value -> assertThat(value).matches("[\\x20-\\x7e]*"));
            assertThat(handed.flags())
                    .allSatisfy(flag -> assertThat(flag.reason()).isNotBlank().hasSizeLessThan(2_000));
        }
    }

    private static List<byte[]> contents() {
        String evidence = EvidenceJson.write(ExampleRuns.lab());
        return List.of(
                "int main(void) { return 0; }\n".getBytes(StandardCharsets.UTF_8),
                "seed = 12\nlength = 4096\n".getBytes(StandardCharsets.UTF_8),
                "seed=17\ngrow.machine=glibc 2.36, x86_64, gcc\n".getBytes(StandardCharsets.UTF_8),
                evidence.getBytes(StandardCharsets.UTF_8),
                EvidenceIsland.element(ExampleRuns.lab()).outerHtml().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(List<String> names, List<byte[]> contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.ISO_8859_1)) {
            for (int i = 0; i < names.size(); i++) {
                String most = names.get(i).length() > 60_000 ? names.get(i).substring(0, 60_000) : names.get(i);
                // Letters that the archive has no bytes for become question marks.
                String name = new String(most.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
                try {
                    zip.putNextEntry(new ZipEntry(name));
                } catch (ZipException twice) {
                    continue;
                }
                zip.write(contents.get(i % contents.size()));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
