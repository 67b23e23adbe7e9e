package org.brkmap.analyse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the program headers of 64-bit little-endian ELF files (elf(5)). */
final class ElfHeaders implements Elf.Source {
    private static final int PT_LOAD = 1;
    private static final int PT_GNU_RELRO = 0x6474e552;

    @Override
    public Optional<Elf> read(String path) {
        Path file = Path.of(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer head = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
            if (channel.read(head, 0) < 64 || head.getInt(0) != 0x464c457f || head.get(4) != 2) {
                return Optional.empty();
            }
            int count = Short.toUnsignedInt(head.getShort(56));
            ByteBuffer table = ByteBuffer.allocate(count * 56).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(table, head.getLong(32));
            List<Elf.Load> loads = new ArrayList<>();
            long relroStart = 0;
            long relroEnd = 0;
            for (int at = 0; at < table.position(); at += 56) {
                long address = table.getLong(at + 16);
                if (table.getInt(at) == PT_LOAD) {
                    int flags = table.getInt(at + 4);
                    loads.add(new Elf.Load(
                            address,
                            table.getLong(at + 40),
                            table.getLong(at + 8),
                            table.getLong(at + 32),
                            (flags & 2) != 0,
                            (flags & 1) != 0));
                } else if (table.getInt(at) == PT_GNU_RELRO) {
                    relroStart = address;
                    relroEnd = address + table.getLong(at + 40);
                }
            }
            return loads.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Elf(head.getLong(24), loads, relroStart, relroEnd));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
