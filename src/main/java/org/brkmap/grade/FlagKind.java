package org.brkmap.grade;

/** What an instructor should look at in a submission. A flag takes no points by itself. */
public enum FlagKind {
    UNREADABLE("cannot be read"),
    TOO_LARGE("above the bounds"),
    DAMAGED("damaged"),
    EDITED("does not agree with itself"),
    WRONG_LAB("another lab"),
    WRONG_VERSION("another version"),
    LATE("late"),
    DUPLICATE("same file as another"),
    SHARED_ADDRESSES("same addresses as another"),
    UNKNOWN_STUDENT("not on the roster"),
    MISSING("nothing handed in"),
    SUPERSEDED("an earlier submission"),
    /** The re-run came out otherwise than the report that was handed in. */
    DIFFERS("differs from the report"),
    FLAKY("different verdicts in repeated runs"),
    DOES_NOT_BUILD("does not build"),
    CRASHED("crashed"),
    TIMED_OUT("ended by a limit"),
    /** The program tried something that the sandbox denies, or that harms others. */
    HOSTILE("tried what is denied"),
    /** Something an attack could do here, and this tier does not stop. */
    NOT_CONTAINED("not contained by this tier"),
    NOT_GRADED("could not be graded"),
    OVERRIDDEN("overridden by the instructor");

    private final String title;

    FlagKind(String title) {
        this.title = title;
    }

    /** In words. */
    public String title() {
        return title;
    }

    /** Whether it says something that may be innocent: it is shown as a hint, never as a verdict. */
    public boolean isHint() {
        return this == SHARED_ADDRESSES || this == DUPLICATE;
    }

    /** Whether it concerns the student alone, and is the student's to know. */
    public boolean isForTheStudent() {
        return switch (this) {
            case UNREADABLE,
                    TOO_LARGE,
                    DAMAGED,
                    WRONG_LAB,
                    WRONG_VERSION,
                    LATE,
                    MISSING,
                    SUPERSEDED,
                    DIFFERS,
                    DOES_NOT_BUILD,
                    CRASHED,
                    TIMED_OUT,
                    NOT_GRADED,
                    OVERRIDDEN -> true;
            default -> false;
        };
    }
}
