package org.brkmap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees on a terminal, made by script(1), and what a pipe gets. */
@NeedsGcc
@Timeout(180)
class TerminalOutputTest {
    private static final String ESCAPE = "\u001b";
    private static final Pattern COLOUR = Pattern.compile(ESCAPE + "\\[[0-9;]*m");
    private static final List<String> QUIET = List.of("NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS");

    @TempDir
    private Path directory;

    @BeforeEach
    void aTerminalCanBeMade() {
        assumeTrue(Tool.exists("script"), "script is not installed: no terminal can be made");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120})
    void nothingIsWiderThanTheTerminal(int width) throws Exception {
        String seen = onTerminal(width, Map.of("TERM", "dumb"), Outside.command("observe", "--", "ls", "/"));
        assertThat(seen).contains("not used", "heap", "total");
        assertThat(seen.lines().filter(line -> line.length() > width)).isEmpty();
        seen = onTerminal(
                width,
                Map.of("TERM", "dumb"),
                Outside.command("snapshot", ProcessHandle.current().pid()));
        assertThat(seen).contains("heap", "total");
        assertThat(seen.lines().filter(line -> line.length() > width)).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "TERM=xterm, -, true",
                "TERM=xterm, NO_COLOR=1, false",
                "TERM=xterm, NO_COLOR=, true",
                "TERM=dumb, -, false",
                "TERM=, -, false",
                "TERM=dumb, CLICOLOR_FORCE=1, true",
                "TERM=xterm, CLICOLOR_FORCE=0, true",
            })
    void colourIsForTerminalsThatCanShowIt(String kind, String choice, boolean coloured) throws Exception {
        String seen = onTerminal(80, environment(kind, choice), Outside.command("observe", "--", "ls", "/"));
        assertThat(seen).contains("not used");
        assertThat(isColoured(seen)).as(seen).isEqualTo(coloured);
        String help = onTerminal(80, environment(kind, choice), Outside.command("observe", "--help"));
        assertThat(isColoured(help)).as(help).isEqualTo(coloured);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, false",
                "CLICOLOR_FORCE=1, true",
                "CLICOLOR_FORCE=0, false",
                "CLICOLOR_FORCE=, false",
            })
    void aPipeGetsColourOnlyIfItIsForced(String choice, boolean coloured) throws Exception {
        try (Outside piped = Outside.start(
                directory, environment("TERM=xterm", choice), Outside.command("observe", "--", "ls", "/"))) {
            assertThat(piped.status()).as(piped.err()).isZero();
            assertThat(piped.out().contains(ESCAPE)).as(piped.out()).isEqualTo(coloured);
            assertThat(piped.err()).isEmpty();
        }
    }

    @Test
    void noColourIsStrongerThanForcedColour() {
        Map<String, String> both = Map.of("NO_COLOR", "1", "CLICOLOR_FORCE", "1", "TERM", "xterm");
        assertThat(Console.wantsColour(both, true)).isFalse();
        assertThat(Console.wantsColour(Map.of("TERM", "xterm"), true)).isTrue();
        assertThat(Console.wantsColour(Map.of("TERM", "xterm"), false)).isFalse();
        assertThat(Console.wantsColour(Map.of(), true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"xterm, true", "dumb, false"})
    void whoWaitsIsToldWhatIsDoneAndTheRowIsTakenAway(String kind, boolean sequences) throws Exception {
        Path go = directory.resolve("go");
        Path seen = directory.resolve("terminal.txt");
        List<String> command = Outside.command(
                "observe", "--limit", "time=100s", "--", "sh", "-c", "until [ -e " + go + " ]; do :; done");
        try (Outside script = terminal(seen, 80, Map.of("TERM", kind), command)) {
            Target.await(
                    "a row of progress", () -> !script.isRunning() || read(seen).contains(" s"));
            assertThat(read(seen)).contains("\robserving sh, ").contains("Ctrl-C ends it");
            Files.createFile(go);
            assertThat(script.status()).as(read(seen)).isZero();
        }
        String text = read(seen);
        int last = text.lastIndexOf("\robserving");
        String after = text.substring(last + 1);
        assertThat(after.contains("\r" + ESCAPE + "[K")).as(after).isEqualTo(sequences);
        String story = after.substring(0, after.indexOf("sh:"));
        assertThat(story.substring(story.lastIndexOf('\r') + 1)).as(after).matches("(\u001b\\[[0-9;]*[mK])*");
    }

    @Test
    void aPipeIsToldNothingOfProgress() throws Exception {
        Path go = directory.resolve("go");
        String program = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; until [ -e " + go + " ]; do :; done";
        Files.createFile(go);
        try (Outside piped = Outside.start(directory, "observe", "--limit", "time=100s", "--", "sh", "-c", program)) {
            assertThat(piped.status()).as(piped.err()).isZero();
            assertThat(piped.err()).isEmpty();
            assertThat(piped.out()).doesNotContain("\r");
        }
    }

    @Test
    void withoutUnicodeSignsBecomeLetters() throws Exception {
        try (Outside piped = Outside.start(
                directory, Map.of("LC_ALL", "C", "LANG", "C"), Outside.command("observe", "--", "ls", "/"))) {
            assertThat(piped.status()).as(piped.err()).isZero();
            assertThat(piped.out())
                    .matches("\\A\\p{ASCII}+\\z")
                    .contains("~ ", "###")
                    .doesNotContain("?");
        }
    }

    /** The sequence that takes a row of progress away is no colour. */
    private static boolean isColoured(String text) {
        return COLOUR.matcher(text).find();
    }

    private static Map<String, String> environment(String kind, String choice) {
        Map<String, String> environment = new HashMap<>();
        for (String setting : choice == null ? List.of(kind) : List.of(kind, choice)) {
            environment.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return environment;
    }

    private String onTerminal(int width, Map<String, String> environment, List<String> command) throws Exception {
        Path seen = directory.resolve("terminal.txt");
        try (Outside script = terminal(seen, width, environment, command)) {
            assertThat(script.status()).as(read(seen)).isZero();
        }
        return read(seen).replace("\r\n", "\n");
    }

    /** A terminal of this many columns; what it was told is in the file. */
    private Outside terminal(Path seen, int width, Map<String, String> environment, List<String> command)
            throws Exception {
        StringBuilder line = new StringBuilder("stty cols " + width + " rows 50; exec");
        command.forEach(word -> line.append(" '").append(word).append('\''));
        Map<String, String> all = new HashMap<>();
        QUIET.forEach(name -> all.put(name, ""));
        all.putAll(environment);
        return Outside.start(
                directory,
                all,
                List.of("script", "--quiet", "--flush", "--return", "-c", line.toString(), seen.toString()));
    }

    /** Without script's own first and last row. */
    private static String read(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.replaceAll("\\AScript started.*\n", "").replaceAll("\nScript done.*\n\\z", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
