package org.brkmap.evidence;

import java.util.Collection;

/** Points earned of the points there are; both 0 where a lab gives none. Immutable. */
public record Score(int earned, int max) {

    /** The sum over checks. */
    public static Score of(Collection<CheckResult> checks) {
        return new Score(
                checks.stream().mapToInt(CheckResult::earned).sum(),
                checks.stream().mapToInt(CheckResult::points).sum());
    }
}
