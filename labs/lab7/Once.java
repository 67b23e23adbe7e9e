package lab7;

import org.jspecify.annotations.Nullable;

/** A demand that others build upon: it is made once, and who asks again is told the same. */
final class Once implements Runnable {
    private final Runnable demand;
    private boolean made;
    private @Nullable AssertionError failure;

    Once(Runnable demand) {
        this.demand = demand;
    }

    @Override
    public void run() {
        if (!made) {
            try {
                demand.run();
            } catch (AssertionError e) {
                failure = e;
            }
            made = true;
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** This demand, and then another. */
    Runnable and(Runnable more) {
        return () -> {
            run();
            more.run();
        };
    }
}
