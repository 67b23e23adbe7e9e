package org.brkmap.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C into the interruption of one thread, and holds the JVM back until that thread has put its things in order and
 * calls {@link #close}.
 */
final class Interruption implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean wanted = true;
    private volatile boolean come;

    private Interruption(Thread thread) {
        this.thread = thread;
    }

    static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupt, "brkmap-interruption"));
        return interruption;
    }

    /** Whether this JVM is ending: it takes no more hooks then. */
    static boolean isUnderWay() {
        Thread hook = new Thread(() -> {}, "brkmap-nothing");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    /** From here on the thread is no longer interrupted, only waited for. */
    void end() {
        wanted = false;
        Thread.interrupted();
    }

    /** Whether it has come: what the thread runs may have taken note of the interrupt, and forgotten it. */
    boolean hasCome() {
        return come;
    }

    private void interrupt() {
        come = true;
        if (wanted) {
            thread.interrupt();
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
