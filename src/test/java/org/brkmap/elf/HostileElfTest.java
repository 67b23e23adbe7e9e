package org.brkmap.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsGcc
class HostileElfTest {
    private static final long SEED = 20261121;
    private static final int FLIPS = 3000;
    private static final long MOST_MEMORY = 64 << 20;

    @TempDir
    Path directory;

    private byte[] honest;
    private Path hostile;

    @BeforeEach
    void build() throws Exception {
        honest = Files.readAllBytes(WhereProgram.build(directory.resolve("honest")));
        hostile = directory.resolve("hostile");
    }

    @Test
    void everyTruncationIsReadOrRefused() throws Exception {
        ElfFile elf = read(honest);
        TreeSet<Integer> boundaries = new TreeSet<>();
        for (int at = 0; at <= 64 + 56 * elf.programHeaders().size(); at++) {
            boundaries.add(at);
        }
        int sections = (int) word64(40);
        for (int i = 0; i <= elf.sections().size(); i++) {
            boundaries.add(sections + 64 * i);
            boundaries.add(Math.max(0, sections + 64 * i - 1));
        }
        elf.programHeaders().forEach(header -> boundaries.add((int) (header.offset() + header.fileSize())));
        elf.sections().forEach(section -> boundaries.add((int) section.offset()));

        for (int length : boundaries) {
            readOrRefuse(Arrays.copyOf(honest, Math.min(length, honest.length)), "first " + length + " bytes");
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(honest, 63))).isInstanceOf(ElfException.class);
        assertThatThrownBy(() -> read(Arrays.copyOf(honest, 64)))
                .hasMessageContaining("program headers lie beyond its end (64 bytes)");
        ElfFile withoutSections = read(Arrays.copyOf(honest, sections));
        assertThat(withoutSections.sections()).isEmpty();
        assertThat(withoutSections.programHeaders()).isEqualTo(elf.programHeaders());
    }

    @Test
    void everyDamagedByteIsReadOrRefused() throws Exception {
        Random random = new Random(SEED);
        int headers = 64 + 56 * read(honest).programHeaders().size();
        int sections = (int) word64(40);
        for (int i = 0; i < FLIPS; i++) {
            byte[] damaged = honest.clone();
            int inTable = random.nextBoolean()
                    ? random.nextInt(headers)
                    : sections + random.nextInt(honest.length - sections);
            damaged[inTable] = (byte) random.nextInt();
            damaged[random.nextInt(headers)] ^= (byte) (1 << random.nextInt(8));
            readOrRefuse(damaged, "seed " + SEED + ", damage " + i);
        }
    }

    @Test
    void absurdCountsAndSizesCostNoMemory() throws Exception {
        for (int at = 32; at < 64; at += 2) {
            byte[] damaged = honest.clone();
            damaged[at] = damaged[at + 1] = (byte) 0xff;
            readOrRefuse(damaged, "0xffff at " + at);
        }
        byte[] interpreter = honest.clone();
        ByteBuffer headers = ByteBuffer.wrap(interpreter).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 64; at < 64 + 56 * headers.getShort(56); at += 56) {
            headers.putLong(at + 32, Long.MAX_VALUE);
        }
        assertThatThrownBy(() -> read(interpreter))
                .isInstanceOf(ElfException.class)
                .hasMessageContaining("path of its loader");
    }

    private void readOrRefuse(byte[] bytes, String what) {
        assertThatCode(() -> {
                    long before = allocated();
                    try {
                        ElfFile elf = read(bytes);
                        elf.addressOf(0x1000);
                        elf.offsetOf(-1);
                        elf.loadBias(0x1000, 0, 4096);
                    } catch (ElfException refused) {
                        assertThat(refused).hasMessageContaining(hostile.toString());
                    }
                    assertThat(allocated() - before).isLessThan(MOST_MEMORY);
                })
                .as(what)
                .doesNotThrowAnyException();
    }

    private ElfFile read(byte[] bytes) throws IOException {
        Files.write(hostile, bytes);
        return ElfFile.read(hostile);
    }

    private long word64(int at) {
        return ByteBuffer.wrap(honest).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
