package org.brkmap.rerun;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.EvidenceIsland;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.grade.Flag;
import org.brkmap.grade.FlagKind;
import org.brkmap.lab.AnswerSheet;
import org.brkmap.lab.LabStarter;
import org.brkmap.model.HostFacts;
import org.brkmap.model.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * Picks what a re-run takes over out of a submission: files that bear the name of one that students edit, the answers, and the
 * report. Everything else, a Makefile or Java sources say, is never used.
 */
final class Sorting {
    static final String ANSWERS = "answers.properties";
    private static final Pattern LAB_FOLDER = Pattern.compile("(?:^|/)labs/([a-z0-9]+)/");
    private static final Pattern PROGRESS = Pattern.compile("(?:^|/)\\.brkmap/([a-z0-9]+)\\.properties$");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x5b\\x5d-\\x7e]{0,1000}");

    private final Path root;
    private final List<String> labs;

    /** @param labs ids of the labs there are */
    Sorting(Path root, List<String> labs) {
        this.root = root;
        this.labs = List.copyOf(labs);
    }

    /** @param wanted the lab that is graded; null if the submission is to tell */
    HandedIn sort(Parcel parcel, @Nullable String wanted) throws IOException {
        List<Flag> flags = new ArrayList<>(parcel.flags());
        LabDocument report = report(parcel, wanted, flags);
        String lab = wanted != null ? wanted : labOf(parcel, report);
        if (report != null && lab != null && !report.lab().equals(lab)) {
            flags.add(Flag.of(FlagKind.WRONG_LAB, "its report is of " + Parcel.shown(report.lab())));
            report = null;
        }
        if (lab == null) {
            return new HandedIn(null, Map.of(), report, Map.of(), flags);
        }
        List<String> names = LabStarter.files(root, lab);
        Map<String, byte[]> files = fromFiles(parcel, lab, names);
        Map<String, String> progress = new TreeMap<>();
        progressOf(parcel, lab, progress);
        if (report != null) {
            fromReport(report, names, files);
            machine(report, progress);
        }
        return new HandedIn(lab, files, report, progress, flags);
    }

    private @Nullable String labOf(Parcel parcel, @Nullable LabDocument report) {
        if (report != null) {
            return labs.contains(report.lab()) ? report.lab() : null;
        }
        return parcel.files().keySet().stream()
                .map(LAB_FOLDER::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1))
                .filter(labs::contains)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable LabDocument report(Parcel parcel, @Nullable String wanted, List<Flag> flags) {
        LabDocument found = null;
        for (Map.Entry<String, byte[]> file : parcel.files().entrySet()) {
            String name = file.getKey().toLowerCase(java.util.Locale.ROOT);
            if (name.endsWith(".html") || name.endsWith(".htm") || name.endsWith(".json")) {
                String text = new String(file.getValue(), StandardCharsets.UTF_8);
                try {
                    EvidenceDocument document =
                            name.endsWith(".json") ? EvidenceJson.read(text) : EvidenceIsland.read(text);
                    if (document instanceof LabDocument lab
                            && (found == null || lab.lab().equals(wanted))) {
                        found = lab;
                    }
                } catch (IOException e) {
                    flags.add(Flag.of(
                            FlagKind.DAMAGED,
                            "the report " + Parcel.shown(file.getKey()) + " cannot be read: " + e.getMessage()));
                }
            }
        }
        return found;
    }

    /** Of several files of one name that counts which lies in the lab's folder, or else the one that lies highest. */
    private static Map<String, byte[]> fromFiles(Parcel parcel, String lab, List<String> names) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Map<String, Integer> depths = new TreeMap<>();
        parcel.files().forEach((path, content) -> {
            String name = path.substring(path.lastIndexOf('/') + 1);
            Matcher folder = LAB_FOLDER.matcher(path);
            boolean inLab = folder.find();
            int depth = inLab ? -1 : path.split("/", -1).length;
            boolean ofLab = !inLab || folder.group(1).equals(lab);
            if (names.contains(name) && ofLab && depth < depths.getOrDefault(name, Integer.MAX_VALUE)) {
                files.put(name, content);
                depths.put(name, depth);
            }
        });
        return files;
    }

    private static void progressOf(Parcel parcel, String lab, Map<String, String> progress) {
        parcel.files().forEach((path, content) -> {
            Matcher match = PROGRESS.matcher(path);
            if (match.find() && match.group(1).equals(lab)) {
                Properties read = new Properties();
                try {
                    read.load(new StringReader(new String(content, StandardCharsets.ISO_8859_1)));
                } catch (IOException | IllegalArgumentException damaged) {
                    return;
                }
                read.stringPropertyNames().stream()
                        .filter(key -> key.equals(AnswerSheet.SEED) || key.endsWith(".machine"))
                        .filter(key -> KEY.matcher(key).matches())
                        .filter(key -> VALUE.matcher(read.getProperty(key)).matches())
                        .forEach(key -> progress.put(key, read.getProperty(key)));
            }
        });
    }

    /** The sources and answers in a report, where they did not come as files. */
    private static void fromReport(LabDocument report, List<String> names, Map<String, byte[]> files) {
        for (RunDocument run : report.runs()) {
            for (SourceText source : run.observation().program().sources()) {
                if (names.contains(source.name())) {
                    files.putIfAbsent(source.name(), source.text().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        if (names.contains(ANSWERS) && !files.containsKey(ANSWERS)) {
            StringBuilder sheet = new StringBuilder();
            report.answers().forEach((key, value) -> {
                if (KEY.matcher(key).matches() && VALUE.matcher(value).matches()) {
                    sheet.append(key).append(" = ").append(value).append('\n');
                }
            });
            files.put(ANSWERS, sheet.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Answers about a map hold for the machine it was read on; the lab asks the progress file which that was. */
    private static void machine(LabDocument report, Map<String, String> progress) {
        String there = report.runs().stream()
                .map(run -> run.observation().host())
                .filter(host -> host.compiler() != null && host.libc() != null)
                .findFirst()
                .map(Sorting::describe)
                .orElse(null);
        if (there != null && VALUE.matcher(there).matches()) {
            report.checks().stream()
                    .filter(check ->
                            check.exercise() != null && KEY.matcher(check.id()).matches())
                    .forEach(check -> progress.putIfAbsent(check.id() + ".machine", there));
        }
    }

    private static String describe(HostFacts host) {
        return host.libc() + ", " + host.machine() + ", " + host.compiler();
    }
}
