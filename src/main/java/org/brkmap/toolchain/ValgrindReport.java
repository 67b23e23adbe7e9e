package org.brkmap.toolchain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What memcheck told of one run. It comes from user space: from a tool that runs the program's instructions itself, beside
 * which a hostile program runs in the same process. Immutable.
 *
 * @param findings in the order they were told
 * @param signal the name of the signal that ended the program, or null
 * @param finished whether the program came to its end: only then are leaks known
 * @param exit the program's exit code, or 128 and the signal
 * @param requests the sizes of all blocks that were asked for, in order
 * @param words the end of what was printed, for messages
 */
public record ValgrindReport(
        List<ValgrindFinding> findings,
        @Nullable String signal,
        boolean finished,
        int exit,
        List<Long> requests,
        String words) {
    public ValgrindReport {
        findings = List.copyOf(findings);
        requests = List.copyOf(requests);
    }

    /** What is no leak. */
    public List<ValgrindFinding> errors() {
        return findings.stream().filter(finding -> !finding.isLeak()).toList();
    }

    /** The groups of blocks of this kind, such as {@link ValgrindFinding#DEFINITE}. */
    public List<ValgrindFinding> leaks(String kind) {
        return findings.stream().filter(finding -> finding.kind().equals(kind)).toList();
    }

    /** The groups of blocks that are lost in one way or another: all but those still reachable. */
    public List<ValgrindFinding> lost() {
        return findings.stream()
                .filter(finding -> finding.isLeak() && !finding.kind().equals(ValgrindFinding.REACHABLE))
                .toList();
    }
}
