package org.brkmap.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.elf.ElfFile.Kind;
import org.jspecify.annotations.Nullable;

/** Reads the headers of one ELF file, trusting none of its numbers; used once, by one thread. */
final class ElfReader {
    private static final int HEADER_32 = 52;
    private static final int HEADER_64 = 64;
    private static final int SEGMENT_32 = 32;
    private static final int SEGMENT_64 = 56;
    private static final int SECTION_32 = 40;
    private static final int SECTION_64 = 64;

    /** Beyond this a table is not read; the largest programs known stay far below. */
    private static final int LARGEST_TABLE = 16 << 20;

    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_NAME = 256;
    private static final int MANY_SEGMENTS = 0xffff;
    private static final long DT_DEBUG = 21;
    private static final long DT_FLAGS_1 = 0x6ffffffbL;
    private static final long DF_1_PIE = 0x08000000L;

    private final Path file;
    private final SeekableByteChannel channel;
    private final long length;
    private final boolean wide;
    private final ByteOrder order;

    private ElfReader(Path file, SeekableByteChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.length = channel.size();
        this.order = ByteOrder.LITTLE_ENDIAN;
        this.wide = true;
    }

    private ElfReader(ElfReader plain, boolean wide, ByteOrder order) {
        this.file = plain.file;
        this.channel = plain.channel;
        this.length = plain.length;
        this.wide = wide;
        this.order = order;
    }

    static ElfFile read(Path file) throws ElfException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new ElfException(file, Files.exists(file) ? "it is not a regular file" : "there is no such file");
            }
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                return new ElfReader(file, channel).identified().file();
            }
        } catch (ElfException e) {
            throw e;
        } catch (IOException e) {
            throw new ElfException(file, e);
        }
    }

    private ElfReader identified() throws IOException {
        ByteBuffer ident = bytes(0, 16, "the first bytes");
        if (ident.getInt(0) != 0x464c457f) {
            throw new ElfException(file, "it does not begin with \\x7fELF");
        }
        byte wordSize = ident.get(4);
        byte byteOrder = ident.get(5);
        if (wordSize < 1 || wordSize > 2 || byteOrder < 1 || byteOrder > 2) {
            throw new ElfException(file, "unknown class " + wordSize + " or byte order " + byteOrder);
        }
        return new ElfReader(this, wordSize == 2, byteOrder == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private ElfFile file() throws IOException {
        ByteBuffer header = bytes(0, wide ? HEADER_64 : HEADER_32, "the file header");
        Kind kind = kind(header.getShort(16));
        List<ProgramHeader> segments = segments(header);
        return new ElfFile(
                kind,
                Short.toUnsignedInt(header.getShort(18)),
                wide,
                order == ByteOrder.LITTLE_ENDIAN,
                word(header, 24),
                interpreter(first(segments, ProgramHeader.INTERP)),
                kind == Kind.DYNAMIC && isExecutable(first(segments, ProgramHeader.DYNAMIC)),
                segments,
                sections(header));
    }

    private static @Nullable ProgramHeader first(List<ProgramHeader> segments, int type) {
        for (ProgramHeader segment : segments) {
            if (segment.type() == type) {
                return segment;
            }
        }
        return null;
    }

    private static Kind kind(short type) {
        return switch (type) {
            case 1 -> Kind.RELOCATABLE;
            case 2 -> Kind.EXECUTABLE;
            case 3 -> Kind.DYNAMIC;
            case 4 -> Kind.CORE;
            default -> Kind.OTHER;
        };
    }

    private List<ProgramHeader> segments(ByteBuffer header) throws IOException {
        long offset = word(header, wide ? 32 : 28);
        int size = Short.toUnsignedInt(header.getShort(wide ? 54 : 42));
        int count = Short.toUnsignedInt(header.getShort(wide ? 56 : 44));
        if (count == 0) {
            return List.of();
        }
        if (size != (wide ? SEGMENT_64 : SEGMENT_32) || count == MANY_SEGMENTS) {
            throw new ElfException(file, count + " program headers of " + size + " bytes");
        }
        ByteBuffer table = bytes(offset, (long) count * size, "the program headers");
        List<ProgramHeader> segments = new ArrayList<>();
        for (int at = 0; at < table.limit(); at += size) {
            segments.add(wide ? segment64(table, at) : segment32(table, at));
        }
        return segments;
    }

    private static ProgramHeader segment64(ByteBuffer table, int at) {
        return new ProgramHeader(
                table.getInt(at),
                table.getInt(at + 4),
                table.getLong(at + 8),
                table.getLong(at + 16),
                table.getLong(at + 32),
                table.getLong(at + 40),
                table.getLong(at + 48));
    }

    private static ProgramHeader segment32(ByteBuffer table, int at) {
        return new ProgramHeader(
                table.getInt(at),
                table.getInt(at + 24),
                unsigned(table, at + 4),
                unsigned(table, at + 8),
                unsigned(table, at + 16),
                unsigned(table, at + 20),
                unsigned(table, at + 28));
    }

    /** Empty on any damage: a program runs without sections. */
    private List<Section> sections(ByteBuffer header) throws IOException {
        long offset = word(header, wide ? 40 : 32);
        int size = Short.toUnsignedInt(header.getShort(wide ? 58 : 46));
        int count = Short.toUnsignedInt(header.getShort(wide ? 60 : 48));
        int names = Short.toUnsignedInt(header.getShort(wide ? 62 : 50));
        if (count == 0 || names >= count || size != (wide ? SECTION_64 : SECTION_32)) {
            return List.of();
        }
        ByteBuffer table = bytesOrNull(offset, (long) count * size);
        ByteBuffer strings = table == null ? null : contents(table, names * size);
        if (table == null || strings == null) {
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (int at = 0; at < table.limit(); at += size) {
            sections.add(new Section(
                    string(strings, unsigned(table, at), LONGEST_NAME),
                    table.getInt(at + 4),
                    word(table, at + 8),
                    word(table, at + (wide ? 16 : 12)),
                    word(table, at + (wide ? 24 : 16)),
                    word(table, at + (wide ? 32 : 20))));
        }
        return sections;
    }

    private @Nullable ByteBuffer contents(ByteBuffer table, int at) throws IOException {
        return bytesOrNull(word(table, at + (wide ? 24 : 16)), word(table, at + (wide ? 32 : 20)));
    }

    private @Nullable String interpreter(@Nullable ProgramHeader header) throws IOException {
        if (header == null) {
            return null;
        }
        if (Long.compareUnsigned(header.fileSize(), LONGEST_PATH) > 0) {
            throw new ElfException(file, "the path of its loader is longer than " + LONGEST_PATH + " bytes");
        }
        return string(bytes(header.offset(), header.fileSize(), "the path of its loader"), 0, LONGEST_PATH);
    }

    /** Linkers since binutils 2.26 mark an executable; older ones still leave room for a debugger in it alone. */
    private boolean isExecutable(@Nullable ProgramHeader header) throws IOException {
        ByteBuffer entries = header == null ? null : bytesOrNull(header.offset(), header.fileSize());
        int word = wide ? 8 : 4;
        boolean found = false;
        for (int at = 0; entries != null && at + 2 * word <= entries.limit(); at += 2 * word) {
            long tag = word(entries, at);
            found |= tag == DT_DEBUG || (tag == DT_FLAGS_1 && (word(entries, at + word) & DF_1_PIE) != 0);
        }
        return found;
    }

    private ByteBuffer bytes(long offset, long size, String what) throws IOException {
        ByteBuffer bytes = bytesOrNull(offset, size);
        if (bytes == null) {
            throw new ElfException(file, what + " lie beyond its end (" + length + " bytes) or are too long");
        }
        return bytes;
    }

    /** Null if the file does not hold these bytes, or they are more than any honest table. */
    private @Nullable ByteBuffer bytesOrNull(long offset, long size) throws IOException {
        if (offset < 0 || size < 0 || size > LARGEST_TABLE || offset > length || size > length - offset) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size).order(order);
        channel.position(offset);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
        return bytes.hasRemaining() ? null : bytes.flip();
    }

    private static String string(ByteBuffer strings, long offset, int longest) {
        if (offset >= strings.limit()) {
            return "";
        }
        int from = (int) offset;
        int to = from;
        while (to < strings.limit() && to - from < longest && strings.get(to) != 0) {
            to++;
        }
        byte[] text = new byte[to - from];
        strings.get(from, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private long word(ByteBuffer buffer, int at) {
        return wide ? buffer.getLong(at) : unsigned(buffer, at);
    }

    private static long unsigned(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }
}
