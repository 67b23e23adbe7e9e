package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedStreamTest {
    private static final byte[] START = bytes("\1mark ");

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final List<Integer> marks = new ArrayList<>();
    private final MarkedStream stream =
            new MarkedStream(START, (bytes, from, to) -> text.write(bytes, from, to - from), marks::add);

    @Test
    void findsItsMarksWhereverTheStreamIsCut() {
        byte[] whole = bytes("before\1mark 7\2between\1mark 12\2\1mark 13\2behind");
        for (int first = 0; first <= whole.length; first++) {
            for (int second = first; second <= whole.length; second++) {
                text.reset();
                marks.clear();
                stream.accept(Arrays.copyOfRange(whole, 0, first));
                stream.accept(Arrays.copyOfRange(whole, first, second));
                stream.accept(Arrays.copyOfRange(whole, second, whole.length));
                stream.end();

                assertThat(text)
                        .asString()
                        .as("cut at %d and %d", first, second)
                        .isEqualTo("beforebetweenbehind");
                assertThat(marks).containsExactly(7, 12, 13);
            }
        }
    }

    @Test
    void whatOnlyBeginsLikeAMarkIsText() {
        String hostile = "\1mark\1mark \2\1mark 1x\2\1mark 12345678901234567890\2\1\1\1mark -1\2\1mar";
        for (byte one : bytes(hostile)) {
            stream.accept(new byte[] {one});
        }
        stream.end();

        assertThat(text).asString().isEqualTo(hostile);
        assertThat(marks).isEmpty();
    }

    @Test
    void bytesOfAnyKindPassUnchanged() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        stream.accept(all);
        stream.end();

        assertThat(text.toByteArray()).isEqualTo(all);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
