package org.brkmap.toolchain;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether this JVM confines what it runs. It begins without, and once confined it stays so. Thread-safe. */
public final class Confined {
    private static final AtomicReference<@Nullable Confinement> IN_FORCE = new AtomicReference<>();

    private Confined() {}

    /**
     * From now on every tool and every program under observation is run so.
     *
     * @throws IllegalStateException if there is a confinement already: it could have been looser
     */
    public static void by(Confinement confinement) {
        if (!IN_FORCE.compareAndSet(null, confinement)) {
            throw new IllegalStateException("this JVM is confined already");
        }
    }

    /** What is in force, or null if programs are run as they are. */
    public static @Nullable Confinement inForce() {
        return IN_FORCE.get();
    }
}
