package org.brkmap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.brkmap.bench.CopyStrategy.Family;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyStrategiesTest {
    private static CopyStrategies strategies;

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        strategies = CopyStrategies.find(Programs.find());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 1 << 20, 32 << 20})
    void every_way_copies_every_byte_over_nothing_and_over_a_longer_file(int length)
            throws IOException, InterruptedException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        Path source = Files.write(folder.resolve("source"), content);
        for (CopyStrategy strategy : strategies.found()) {
            if (strategy.isLimit()) {
                continue;
            }
            Path fresh = folder.resolve("fresh");
            Files.deleteIfExists(fresh);
            strategy.method().copy(source, fresh, false);
            assertThat(Files.mismatch(source, fresh)).as(strategy.title()).isEqualTo(-1);
            if (strategy.overwrites() && !strategy.id().equals("dd")) {
                Files.write(fresh, new byte[length + 10_000]);
                strategy.method().copy(source, fresh, true);
                assertThat(Files.mismatch(source, fresh)).as(strategy.title()).isEqualTo(-1);
            }
        }
    }

    @Test
    void holes_arrive_as_zeroes() throws IOException, InterruptedException {
        Path source = folder.resolve("sparse");
        try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
            file.setLength(3 << 20);
            file.seek(1 << 20);
            file.write(7);
        }
        for (CopyStrategy strategy : strategies.found()) {
            Path copy = folder.resolve(strategy.id());
            strategy.method().copy(source, copy, false);
            if (!strategy.isLimit()) {
                assertThat(Files.mismatch(source, copy)).as(strategy.title()).isEqualTo(-1);
            }
        }
    }

    @Test
    void a_mapping_of_java_is_gone_when_its_copy_is_done() throws IOException, InterruptedException {
        Path source = Files.write(folder.resolve("mapped-by-java"), new byte[10_000]);
        JavaCopy.mapped(source, folder.resolve("copy"), false);
        assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain("mapped-by-java");
    }

    @Test
    void a_way_that_fails_says_why_in_the_words_of_its_program() throws IOException {
        Path missing = folder.resolve("missing");
        for (CopyStrategy strategy : strategies.found()) {
            assertThatIOException()
                    .as(strategy.title())
                    .isThrownBy(() -> strategy.method().copy(missing, folder.resolve("copy"), false))
                    .withMessageContaining("missing");
        }
    }

    @Test
    void every_way_has_its_own_id_and_the_textbook_is_among_them() {
        assertThat(strategies.found())
                .extracting(CopyStrategy::id)
                .doesNotHaveDuplicates()
                .contains(CopyStrategy.TEXTBOOK, CopyStrategy.TEXTBOOK_MAPPED, CopyStrategy.LIMIT);
        assertThat(strategies.found()).extracting(CopyStrategy::family).contains(Family.KERNEL, Family.JAVA);
    }
}
