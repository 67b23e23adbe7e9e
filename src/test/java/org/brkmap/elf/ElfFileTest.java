package org.brkmap.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.groups.Tuple;
import org.brkmap.elf.ElfFile.Kind;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsGcc
class ElfFileTest {
    private static final Pattern SEGMENT = Pattern.compile(
            " +(\\w+) +0x([0-9a-f]+) 0x([0-9a-f]+) 0x[0-9a-f]+ 0x([0-9a-f]+) 0x([0-9a-f]+) ([R ][W ][E ]) 0x?([0-9a-f]+)");
    private static final Pattern SECTION =
            Pattern.compile(" +\\[ *\\d+\\] (\\S+) +[A-Z_]+ +([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) .*");
    private static final Map<Integer, String> NAMES = Map.of(
            ProgramHeader.LOAD, "LOAD",
            ProgramHeader.DYNAMIC, "DYNAMIC",
            ProgramHeader.INTERP, "INTERP",
            ProgramHeader.TLS, "TLS",
            ProgramHeader.GNU_STACK, "GNU_STACK",
            ProgramHeader.GNU_RELRO, "GNU_RELRO");

    @TempDir
    Path directory;

    @Test
    void tellsTheFourWaysOfLinkingApart() throws Exception {
        assertThat(linked("-pie", "-fPIE"))
                .extracting(ElfFile::kind, ElfFile::isPie, ElfFile::isStatic)
                .containsExactly(Kind.DYNAMIC, true, false);
        assertThat(linked("-no-pie", "-fno-pie"))
                .extracting(ElfFile::kind, ElfFile::isPie, ElfFile::isStatic)
                .containsExactly(Kind.EXECUTABLE, false, false);
        assertThat(linked("-static"))
                .extracting(ElfFile::kind, ElfFile::isPie, ElfFile::isStatic)
                .containsExactly(Kind.EXECUTABLE, false, true);
        assertThat(linked("-static-pie", "-fPIE"))
                .extracting(ElfFile::kind, ElfFile::isPie, ElfFile::isStatic)
                .containsExactly(Kind.DYNAMIC, true, true);
    }

    @Test
    void takesNeitherTheLoaderNorALibraryForAProgram() throws Exception {
        ElfFile program = linked();
        Path loader = Path.of(program.interpreter());

        assertThat(ElfFile.read(loader))
                .extracting(ElfFile::kind, ElfFile::isPie, ElfFile::isStatic)
                .containsExactly(Kind.DYNAMIC, false, false);
        assertThat(readelf("-lW", WhereProgram.build(directory)))
                .contains("[Requesting program interpreter: " + loader + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-pie", "-no-pie", "-static", "-static-pie", "-Wl,-z,norelro", "-Wl,-z,noseparate-code", "-s"})
    void agreesWithReadelf(String flag) throws Exception {
        Path program = WhereProgram.build(directory, flag);
        ElfFile elf = ElfFile.read(program);

        assertThat(elf.programHeaders())
                .hasSizeGreaterThan(4)
                .extracting(ElfFileTest::asTuple)
                .containsExactlyElementsOf(segments(readelf("-lW", program)));
        assertThat(elf.sections())
                .filteredOn(section -> !section.name().isEmpty())
                .extracting(section -> tuple(section.name(), section.address(), section.offset(), section.size()))
                .hasSizeGreaterThan(10)
                .containsExactlyElementsOf(sections(readelf("-SW", program)));
        assertThat(elf.segment(ProgramHeader.GNU_RELRO).isPresent()).isEqualTo(!flag.contains("norelro"));
        assertThat(readelf("-hW", program)).contains(" 0x" + Long.toHexString(elf.entry()) + "\n");
    }

    @Test
    void putsVariablesIntoTheirSections() throws Exception {
        Path program = WhereProgram.build(directory);
        ElfFile elf = ElfFile.read(program);
        Symbol untouched = Symbolizer.symbol(program, "untouched").orElseThrow();
        Section bss = elf.section(".bss").orElseThrow();

        assertThat(bss.type()).isEqualTo(Section.NOBITS);
        assertThat(untouched.address()).isBetween(bss.address(), bss.address() + bss.size() - untouched.size());
        assertThat(elf.offsetOf(untouched.address())).isEmpty();
        Symbol initialised = Symbolizer.symbol(program, "initialised").orElseThrow();
        long offset = elf.offsetOf(initialised.address()).orElseThrow();
        assertThat(elf.addressOf(offset)).hasValue(initialised.address());
        assertThat(ByteBuffer.wrap(Files.readAllBytes(program))
                        .order(ByteOrder.nativeOrder())
                        .getInt((int) offset))
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-pie", "-no-pie", "-static", "-static-pie", "-Wl,-z,noseparate-code", "-Wl,-z,norelro"})
    void findsTheLoadBiasOfARunningProgram(String flag) throws Exception {
        WhereProgram program = WhereProgram.run(WhereProgram.build(directory, flag));
        long linked =
                Symbolizer.symbol(program.executable(), "report").orElseThrow().address();
        long bias = program.number("report") - linked;
        long pageSize = program.number("page");
        ElfFile elf = ElfFile.read(program.executable());

        WhereProgram.Row lowest = program.ownRows().get(0);
        assertThat(elf.loadBias(lowest.start(), lowest.offset(), pageSize)).hasValue(bias);
        assertThat(program.rowsOfOneSegment())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(elf.loadBias(row.start(), row.offset(), pageSize))
                        .hasValue(bias));
    }

    @Test
    void readsTheOtherClassAndTheOtherByteOrder() throws Exception {
        ByteBuffer file = ByteBuffer.allocate(52 + 32 + 16).order(ByteOrder.BIG_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 1}).position(16);
        file.putShort((short) 2)
                .putShort((short) 20)
                .putInt(1)
                .putInt(0x1000_0054)
                .putInt(52)
                .putInt(0);
        file.putInt(0).putShort((short) 52).putShort((short) 32).putShort((short) 1);
        file.putShort((short) 40).putShort((short) 0).putShort((short) 0);
        file.putInt(1)
                .putInt(84)
                .putInt(0x1000_0054)
                .putInt(0x1000_0054)
                .putInt(16)
                .putInt(0x80)
                .putInt(5)
                .putInt(4);
        Path path = Files.write(directory.resolve("powerpc"), file.array());

        ElfFile elf = ElfFile.read(path);

        assertThat(elf.is64Bit()).isFalse();
        assertThat(elf.littleEndian()).isFalse();
        assertThat(elf.machine()).isEqualTo(20);
        assertThat(elf.kind()).isEqualTo(Kind.EXECUTABLE);
        assertThat(elf.programHeaders())
                .extracting(ElfFileTest::asTuple)
                .containsExactlyElementsOf(segments(readelf("-lW", path)))
                .hasSize(1);
        assertThat(readelf("-hW", path)).contains("0x" + Long.toHexString(elf.entry()));
    }

    @Test
    void refusesWhatIsNoElfFile() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "#!/bin/sh\necho no ELF\n");
        Path empty = Files.createFile(directory.resolve("empty"));
        Path fifo = directory.resolve("fifo");
        assertThat(Tool.run(List.of("mkfifo", fifo.toString())).succeeded()).isTrue();

        assertThatThrownBy(() -> ElfFile.read(text))
                .isInstanceOf(ElfException.class)
                .hasMessageContainingAll("text", "\\x7fELF");
        assertThatThrownBy(() -> ElfFile.read(empty))
                .isInstanceOf(ElfException.class)
                .hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> ElfFile.read(fifo))
                .isInstanceOf(ElfException.class)
                .hasMessageContaining("regular file");
        assertThatThrownBy(() -> ElfFile.read(directory))
                .isInstanceOf(ElfException.class)
                .hasMessageContaining("regular file");
        assertThatThrownBy(() -> ElfFile.read(Path.of("/dev/zero"))).isInstanceOf(ElfException.class);
        assertThatThrownBy(() -> ElfFile.read(directory.resolve("gone")))
                .isInstanceOf(ElfException.class)
                .hasMessageContaining("no such file");
    }

    private ElfFile linked(String... flags) throws Exception {
        return ElfFile.read(WhereProgram.build(directory, flags));
    }

    private static String readelf(String what, Path file) throws IOException, InterruptedException {
        return Tool.run(List.of("readelf", what, file.toString())).stdout();
    }

    private static Tuple asTuple(ProgramHeader header) {
        return tuple(
                NAMES.getOrDefault(header.type(), ""),
                header.offset(),
                header.address(),
                header.fileSize(),
                header.memorySize(),
                header.flags(),
                header.align());
    }

    private static List<Tuple> segments(String words) {
        return words.lines()
                .map(SEGMENT::matcher)
                .filter(Matcher::matches)
                .map(row -> {
                    int flags = (row.group(6).contains("R") ? ProgramHeader.READ : 0)
                            + (row.group(6).contains("W") ? ProgramHeader.WRITE : 0)
                            + (row.group(6).contains("E") ? ProgramHeader.EXECUTE : 0);
                    String name = NAMES.containsValue(row.group(1)) ? row.group(1) : "";
                    return tuple(name, hex(row, 2), hex(row, 3), hex(row, 4), hex(row, 5), flags, hex(row, 7));
                })
                .toList();
    }

    private static List<Tuple> sections(String words) {
        return words.lines()
                .map(SECTION::matcher)
                .filter(Matcher::matches)
                .map(row -> tuple(row.group(1), hex(row, 2), hex(row, 3), hex(row, 4)))
                .toList();
    }

    private static long hex(Matcher row, int group) {
        return Long.parseUnsignedLong(row.group(group), 16);
    }
}
