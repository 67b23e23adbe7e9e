package org.brkmap.observe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Splits a stream of bytes into text and our own marks ({@code start NUMBER \u0002}), wherever the reads happen to cut it. */
final class MarkedStream {
    /** Takes a piece of text: the bytes from an index up to, not including, another. */
    interface TextSink {
        void accept(byte[] bytes, int from, int to);
    }

    private static final byte MARK_END = 2;
    private static final int LONGEST_NUMBER = 10;

    private final byte[] start;
    private final TextSink text;
    private final IntConsumer mark;
    private byte[] carried = new byte[0];

    MarkedStream(byte[] start, TextSink text, IntConsumer mark) {
        this.start = start;
        this.text = text;
        this.mark = mark;
    }

    void accept(byte[] chunk) {
        byte[] bytes = chunk;
        if (carried.length > 0) {
            bytes = Arrays.copyOf(carried, carried.length + chunk.length);
            System.arraycopy(chunk, 0, bytes, carried.length, chunk.length);
        }
        int done = 0;
        while (done < bytes.length) {
            int candidate = nextCandidate(bytes, done);
            text.accept(bytes, done, candidate);
            done = candidate;
            if (candidate == bytes.length) {
                break;
            }
            int end = endOfMark(bytes, candidate);
            if (end < 0) {
                break;
            }
            if (end == candidate) {
                text.accept(bytes, candidate, candidate + 1);
                done = candidate + 1;
            } else {
                int number = candidate + start.length;
                mark.accept(Integer.parseInt(new String(bytes, number, end - 1 - number, StandardCharsets.US_ASCII)));
                done = end;
            }
        }
        carried = Arrays.copyOfRange(bytes, done, bytes.length);
    }

    /** The stream is over: what looked like the beginning of a mark was text. */
    void end() {
        text.accept(carried, 0, carried.length);
        carried = new byte[0];
    }

    private int nextCandidate(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != start[0]) {
            at++;
        }
        return at;
    }

    /** Where the mark at this index ends; the index itself if it is none; −1 if more bytes must tell. */
    private int endOfMark(byte[] bytes, int at) {
        int compared = Math.min(start.length, bytes.length - at);
        if (!Arrays.equals(bytes, at, at + compared, start, 0, compared)) {
            return at;
        }
        if (compared < start.length) {
            return -1;
        }
        int digit = at + start.length;
        while (digit < bytes.length && bytes[digit] >= '0' && bytes[digit] <= '9') {
            digit++;
        }
        int digits = digit - at - start.length;
        if (digits >= LONGEST_NUMBER) {
            return at;
        }
        if (digit == bytes.length) {
            return -1;
        }
        return bytes[digit] == MARK_END && digits > 0 ? digit + 1 : at;
    }
}
