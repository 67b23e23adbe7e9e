package lab3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import org.brkmap.elf.ElfFile;
import org.brkmap.elf.ProgramHeader;
import org.brkmap.elf.Section;
import org.brkmap.elf.Symbol;
import org.brkmap.elf.Symbolizer;

/** What the file of a program says of the areas it will have. */
record InFile(Path path, ElfFile elf, long pageSize) {
    static InFile of(Path program, long pageSize) {
        try {
            return new InFile(program, ElfFile.read(program), pageSize);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The size of a section, as size(1) prints it; 0 if there is none. */
    long sizeOf(String section) {
        return elf.section(section).map(Section::size).orElse(0L);
    }

    /** Bytes on the disk. */
    long length() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether code, constants and data have segments of their own, as linkers lay them out today. */
    boolean isSeparated() {
        return elf.loads().stream().filter(ProgramHeader::isExecutable).count() == 1
                && elf.loads().stream().filter(InFile::isReadOnly).count() == 2;
    }

    /** Bytes of whole pages that its segments take in the map, by area. */
    Map<Area, Long> mapped() {
        Map<Area, Long> bytes = new EnumMap<>(Area.class);
        bytes.put(Area.TEXT, pages(ProgramHeader::isExecutable));
        bytes.put(Area.RODATA, pages(load -> isReadOnly(load) && load.offset() != 0));
        long data = 0;
        long bss = 0;
        for (ProgramHeader load :
                elf.loads().stream().filter(ProgramHeader::isWritable).toList()) {
            long fromFile = up(load.address() + load.fileSize());
            data += fromFile - down(load.address());
            bss += up(load.address() + load.memorySize()) - fromFile;
        }
        // The loader takes the leave to write back from whole pages only.
        long relro = elf.segment(ProgramHeader.GNU_RELRO)
                .map(part -> down(part.address() + part.memorySize()) - down(part.address()))
                .orElse(0L);
        bytes.put(Area.DATA, data - relro);
        bytes.put(Area.BSS, bss);
        return bytes;
    }

    /** The first address behind an object, before the load bias. */
    long endOf(String object) {
        Symbol symbol = symbol(object);
        return symbol.address() + symbol.size();
    }

    Symbol symbol(String object) {
        try {
            return Symbolizer.symbol(path, object)
                    .orElseThrow(() -> new AssertionError("the program has no object " + object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** From this address to the end of its page. */
    long room(long address) {
        return up(address) - address;
    }

    private static boolean isReadOnly(ProgramHeader load) {
        return !load.isExecutable() && !load.isWritable();
    }

    private long pages(Predicate<ProgramHeader> wanted) {
        return elf.loads().stream()
                .filter(wanted)
                .mapToLong(load -> up(load.address() + load.memorySize()) - down(load.address()))
                .sum();
    }

    private long down(long address) {
        return address & -pageSize;
    }

    private long up(long address) {
        return (address + pageSize - 1) & -pageSize;
    }
}
