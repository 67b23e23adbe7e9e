package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.brkmap.model.Observation;
import org.brkmap.observe.Attachment;
import org.brkmap.observe.Observer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a running process until it ends, its time is over, or Ctrl-C is pressed; {@link #close}, once all is told, lets the
 * JVM go on to end by that Ctrl-C.
 */
final class Following implements AutoCloseable {
    private final Attachment attachment;
    private final CountDownLatch told = new CountDownLatch(1);

    private Following(Attachment attachment) {
        this.attachment = attachment;
        Runtime.getRuntime().addShutdownHook(new Thread(this::letGo, "brkmap-ctrl-c"));
    }

    static Following of(int pid, @Nullable Duration longest, PrintWriter err) throws IOException, InterruptedException {
        Following following = new Following(Observer.attach(pid, longest));
        err.println("following process " + pid + "; press Ctrl-C to let go of it: it runs on");
        err.flush();
        return following;
    }

    Observation result() throws IOException, InterruptedException {
        return attachment.result();
    }

    private void letGo() {
        attachment.stop();
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        told.countDown();
    }
}
