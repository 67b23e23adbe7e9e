package org.brkmap.model;

import java.util.Optional;

/**
 * A half-open range of virtual addresses, {@code start} up to but not including {@code end}. Addresses are unsigned 64-bit
 * numbers kept in a {@code long}, as in {@code /proc/PID/maps} (proc_pid_maps(5)). Immutable.
 *
 * @param start first address of the range
 * @param end first address past the range; never below {@code start}
 */
public record AddressRange(long start, long end) implements Comparable<AddressRange> {

    public AddressRange {
        if (Long.compareUnsigned(end, start) < 0) {
            throw new IllegalArgumentException("range ends before it starts: " + hex(start) + "-" + hex(end));
        }
    }

    /** The range of {@code length} bytes that begins at {@code start}. */
    public static AddressRange ofLength(long start, long length) {
        return new AddressRange(start, start + length);
    }

    /** The address as C prints it: {@code 0x7f12…}. */
    public static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    /** Length in bytes. */
    public long length() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }

    public boolean contains(long address) {
        return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
    }

    public boolean contains(AddressRange other) {
        return Long.compareUnsigned(other.start, start) >= 0 && Long.compareUnsigned(other.end, end) <= 0;
    }

    /** Whether the two share at least one byte. */
    public boolean overlaps(AddressRange other) {
        return Long.compareUnsigned(start, other.end) < 0 && Long.compareUnsigned(other.start, end) < 0;
    }

    /** Whether one begins exactly where the other ends. */
    public boolean touches(AddressRange other) {
        return end == other.start || start == other.end;
    }

    /** The bytes both hold, or empty if there are none. */
    public Optional<AddressRange> intersection(AddressRange other) {
        long from = Long.compareUnsigned(start, other.start) >= 0 ? start : other.start;
        long to = Long.compareUnsigned(end, other.end) <= 0 ? end : other.end;
        return Long.compareUnsigned(from, to) < 0 ? Optional.of(new AddressRange(from, to)) : Optional.empty();
    }

    @Override
    public int compareTo(AddressRange other) {
        int byStart = Long.compareUnsigned(start, other.start);
        return byStart != 0 ? byStart : Long.compareUnsigned(end, other.end);
    }

    /** As a row of maps begins: {@code 55e0c0a00000-55e0c0a21000}. */
    @Override
    public String toString() {
        return Long.toHexString(start) + "-" + Long.toHexString(end);
    }
}
