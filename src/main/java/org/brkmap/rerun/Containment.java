package org.brkmap.rerun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.grade.Flag;
import org.brkmap.grade.FlagKind;
import org.brkmap.sandbox.Bounds;
import org.brkmap.sandbox.ControlGroup;
import org.brkmap.sandbox.Segments;
import org.brkmap.sandbox.User;
import org.jspecify.annotations.Nullable;

/**
 * What bounds a submission as a whole, where the sandbox bounds each of its programs: memory by a control group, where there are
 * some; the disk by looking; and that nothing stays for the one after it. For one thread.
 */
final class Containment implements AutoCloseable {
    /** Compiled programs, copies and the report of a lab are some ten MiB. */
    private static final long MOST_JOB_BYTES = 1L << 30;

    private final User user;
    private final @Nullable ControlGroup group;
    private long endedBefore;

    /** @param slot whose programs these are, from 0 */
    Containment(int slot, User user) {
        this.user = user;
        this.group = groupOf(slot, user);
    }

    private static @Nullable ControlGroup groupOf(int slot, User user) {
        try {
            return ControlGroup.make(slot, user, Bounds.DEFAULT);
        } catch (IOException notHere) {
            return null;
        }
    }

    /** The control group that programs enter; null where there are none. */
    @Nullable ControlGroup group() {
        return group;
    }

    /** A submission begins. */
    void begin() throws IOException {
        endedBefore = endedForMemory();
    }

    /** Whether a submission's folder has come to hold more than any lab needs. */
    static boolean isTooMuch(Path job) {
        return JobFolder.holdsMoreThan(job, MOST_JOB_BYTES);
    }

    /**
     * A submission has ended: ends and removes what it left, and tells which bounds it met.
     *
     * @param tooMuch whether it was ended because its folder held too much
     */
    List<Flag> end(boolean tooMuch) throws IOException, InterruptedException {
        List<Flag> flags = new ArrayList<>();
        try {
            if (group != null) {
                group.empty();
            }
            Segments.removeThoseOf(user);
        } catch (IOException left) {
            flags.add(Flag.of(FlagKind.NOT_CONTAINED, String.valueOf(left.getMessage())));
        }
        if (endedForMemory() > endedBefore) {
            flags.add(Flag.of(
                    FlagKind.TIMED_OUT,
                    "programs of it were ended: together they held more than " + (Bounds.DEFAULT.memoryBytes() >> 20)
                            + " MiB of memory"));
        }
        if (tooMuch) {
            flags.add(Flag.of(
                    FlagKind.TIMED_OUT, "it was ended: its files filled more than " + (MOST_JOB_BYTES >> 20) + " MiB"));
        }
        return flags;
    }

    private long endedForMemory() throws IOException {
        return group == null ? 0 : group.endedForMemory();
    }

    @Override
    public void close() throws IOException {
        if (group != null) {
            group.close();
        }
    }
}
