package org.brkmap.rerun;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.brkmap.analyse.Fingerprint;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Snapshot;

/** The layouts in a report without their addresses: equal for equal programs on machines of one kind. */
final class Layouts {
    private Layouts() {}

    /** By run and checkpoint. */
    static Map<String, String> of(LabDocument document) {
        Map<String, String> layouts = new TreeMap<>();
        for (RunDocument run : document.runs()) {
            int at = 0;
            for (Snapshot snapshot : run.observation().snapshots()) {
                String key = String.format("%s, checkpoint %d", run.name(), at++);
                layouts.put(
                        key,
                        snapshot.kind() + "\n"
                                + String.join("\n", Fingerprint.of(snapshot).lines()));
            }
        }
        return layouts;
    }

    static String fingerprint(Map<String, String> layouts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            layouts.forEach(
                    (key, layout) -> digest.update((key + "\n" + layout + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
