package org.brkmap.observe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.brkmap.toolchain.NeedsGcc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of programs that cannot be started. */
@NeedsGcc
@Timeout(60)
class StartTest {
    @TempDir
    Path directory;

    @Test
    void saysThatAFileIsMissing() {
        refuses(Launch.of("./missing"), "no program ./missing", "Was it built?");
    }

    @Test
    void saysThatItIsADirectory() throws Exception {
        Files.createDirectory(directory.resolve("folder"));
        refuses(Launch.of("./folder"), "./folder is a directory");
    }

    @Test
    void saysHowToMakeItExecutable() throws Exception {
        Files.writeString(directory.resolve("script"), "#!/bin/sh\n");
        refuses(Launch.of("./script"), "not executable", "chmod +x ./script");
    }

    @Test
    void saysThatAFileHereIsNotSearchedFor() throws Exception {
        Files.writeString(directory.resolve("brkmap-no-such-program"), "");
        refuses(Launch.of("brkmap-no-such-program"), "on PATH", "./brkmap-no-such-program");
    }

    @Test
    void saysThatTheFolderToRunInIsMissing() {
        assertThatThrownBy(() -> Observer.observe(Launch.of("true").withDirectory(directory.resolve("gone"))))
                .isInstanceOf(ObserveException.class)
                .hasMessageContaining("gone: no such directory");
    }

    @Test
    void saysThatAFileIsNoProgram() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "neither ELF nor script");
        text.toFile().setExecutable(true);
        refuses(Launch.of("./text"), "could not run", "Is it a program for this machine");
    }

    private void refuses(Launch launch, String... words) {
        assertThatThrownBy(() -> Observer.observe(launch.withDirectory(directory)))
                .isInstanceOf(ObserveException.class)
                .hasMessageContainingAll(words);
    }
}
