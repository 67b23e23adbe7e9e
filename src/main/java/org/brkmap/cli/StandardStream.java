package org.brkmap.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output or standard error: remembers the first write that failed, which a {@link PrintWriter} would keep to itself,
 * and takes no more after it. Not thread-safe.
 */
final class StandardStream extends OutputStream {
    private final FileOutputStream stream;
    private @Nullable IOException failure;

    StandardStream(FileDescriptor descriptor) {
        stream = new FileOutputStream(descriptor);
    }

    /** A writer on it, in the character set of the user's locale; where that has no line drawing, plain letters stand for it. */
    PrintWriter writer() {
        Charset charset = charset();
        OutputStreamWriter letters = new OutputStreamWriter(this, charset);
        return new PrintWriter(PlainLetters.areNeededFor(charset) ? new PlainLetters(letters) : letters);
    }

    /** What the locale says; UTF-8 for a pipe too, if that is the locale's. */
    private static Charset charset() {
        String name = System.getProperty("native.encoding", "UTF-8");
        try {
            return Charset.forName(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return Charset.defaultCharset();
        }
    }

    /** Why the first write failed that did, or null. */
    @Nullable IOException failure() {
        return failure;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
