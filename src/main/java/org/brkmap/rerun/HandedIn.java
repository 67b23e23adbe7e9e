package org.brkmap.rerun;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.evidence.LabDocument;
import org.brkmap.grade.Flag;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a submission and is taken over: nothing else of it is looked at again. Immutable.
 *
 * @param lab whose files they are; null if that is unknown
 * @param files the student's, by the name they have in the lab
 * @param report the evidence in the report that was handed in; null if there is none that can be read
 * @param progress what a re-run honours of the student's progress file: the seed, and where a map was read
 * @param flags what was odd about it
 */
record HandedIn(
        @Nullable String lab,
        Map<String, byte[]> files,
        @Nullable LabDocument report,
        Map<String, String> progress,
        List<Flag> flags) {
    HandedIn {
        files = new LinkedHashMap<>(files);
        progress = Map.copyOf(progress);
        flags = List.copyOf(flags);
    }
}
