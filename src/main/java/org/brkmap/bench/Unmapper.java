package org.brkmap.bench;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;

/**
 * Ends a mapping of Java's at once. Java itself ends it when the garbage collector finds the buffer, and until then the file's
 * pages cannot leave the page cache: no later copy could be a cold one. By reflection, because Java 17 has no other way.
 */
final class Unmapper {
    private Unmapper() {}

    /** The buffer must not be used afterwards: that would end the JVM. */
    static void unmap(MappedByteBuffer buffer) throws IOException {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Method cleaner = type.getMethod("invokeCleaner", ByteBuffer.class);
            cleaner.invoke(instance.get(null), buffer);
        } catch (ReflectiveOperationException e) {
            throw new IOException("this Java cannot end a mapping before the garbage collector does: " + e, e);
        }
    }
}
