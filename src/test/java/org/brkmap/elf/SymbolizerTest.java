package org.brkmap.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brkmap.model.CallSite;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.NeedsGcc;
import org.brkmap.toolchain.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsGcc
class SymbolizerTest {
    @TempDir
    Path directory;

    private final Symbolizer symbolizer = new Symbolizer();

    @ParameterizedTest
    @ValueSource(strings = {"-pie", "-no-pie", "-static", "-static-pie", "-Wl,-z,noseparate-code"})
    void namesFunctionAndLineOfACall(String flag) throws Exception {
        CallSite site = WhereProgram.run(WhereProgram.build(directory, flag)).site("plain");

        CallSite named = resolve(site);

        assertThat(named.function()).isEqualTo("main");
        assertThat(Path.of(named.file())).isEqualTo(WhereProgram.SOURCE);
        assertThat(named.line()).isEqualTo(WhereProgram.line("PLAIN"));
        assertThat(named.describe()).isEqualTo("where.c:" + WhereProgram.line("PLAIN"));
        assertThat(named.address()).isEqualTo(site.address());
        assertThat(symbolizer.notes()).isEmpty();
    }

    @Test
    void chargesACallThatNeverReturnsToItsCallerAndNotToTheFunctionAfterIt() throws Exception {
        CallSite named = resolve(where().site("last"));

        assertThat(named.function()).isEqualTo("last_call");
        assertThat(named.line()).isEqualTo(WhereProgram.line("LAST"));
    }

    @Test
    void namesTheInnermostOfInlinedFunctions() throws Exception {
        CallSite named = resolve(where().site("inlined"));

        assertThat(named.function()).isEqualTo("inner");
        assertThat(named.line()).isEqualTo(WhereProgram.line("INLINED"));
    }

    @Test
    void namesTheFunctionAloneWithoutDebugInformation() throws Exception {
        CallSite named =
                resolve(WhereProgram.run(WhereProgram.build(directory, "-g0")).site("plain"));

        assertThat(named.function()).isEqualTo("main");
        assertThat(named.file()).isNull();
        assertThat(named.line()).isNull();
    }

    @Test
    void leavesAStrippedProgramUnresolved() throws Exception {
        CallSite site = WhereProgram.run(WhereProgram.build(directory, "-s")).site("plain");

        assertThat(resolve(site)).isEqualTo(site);
    }

    @Test
    void namesAnExportedFunctionOfAStrippedLibraryButNeverItsNeighbour() throws Exception {
        Path library = build("lib.c", """
                int exported(int x) { return x + 1; }
                __attribute__((noinline)) static int hidden(int x) { return x + 2; }
                int (*keep)(int) = hidden;
                """, "-shared", "-fPIC", "-s");
        Symbol exported = Symbolizer.symbol(library, "exported").orElseThrow();
        long start = ElfFile.read(library).offsetOf(exported.address()).orElseThrow();
        CallSite inside = site(library, start + exported.size());
        CallSite behind = site(library, start + exported.size() + 1);

        assertThat(resolve(inside).function()).isEqualTo("exported");
        assertThat(resolve(behind)).isEqualTo(behind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-e", "@where", " a b ", "$(id) `id`", "new\nline", "*", "\\012", "ü"})
    void takesAnyFileName(String name) throws Exception {
        WhereProgram program = where();
        Path odd = Files.copy(program.executable(), directory.resolve(name));
        CallSite site = program.site("plain");

        CallSite named = resolve(site(odd, site.offset()));

        assertThat(named.line()).isEqualTo(WhereProgram.line("PLAIN"));
    }

    @Test
    void readsANewlineInANameAsTheKernelWritesIt() throws Exception {
        WhereProgram program = where();
        Files.copy(program.executable(), directory.resolve("new\nline"));
        CallSite site = program.site("plain");

        CallSite named = resolve(site(directory.resolve("new\\012line"), site.offset()));

        assertThat(named.line()).isEqualTo(WhereProgram.line("PLAIN"));
    }

    @Test
    void leavesWhatItCannotKnowAndSaysWhy() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no ELF");
        List<CallSite> unknown = List.of(
                CallSite.at(0x1234),
                site(text, 100),
                site(directory.resolve("gone (deleted)"), 100),
                site(Path.of("[heap]"), 100),
                site(where().executable(), Long.MAX_VALUE),
                site(where().executable(), 0));

        Map<CallSite, CallSite> resolved = symbolizer.resolve(unknown);

        assertThat(resolved.keySet()).containsExactlyElementsOf(unknown);
        resolved.forEach((given, answer) -> assertThat(answer).isEqualTo(given));
        assertThat(symbolizer.notes())
                .hasSize(2)
                .anyMatch(note -> note.contains("gone (deleted) as ELF: there is no such file"))
                .anyMatch(note -> note.contains("text as ELF"));
    }

    @Test
    void asksOnceForEachModuleAndRemembers() throws Exception {
        Path log = directory.resolve("log");
        Symbolizer counting = new Symbolizer(
                script("echo run >>'" + log + "'; exec addr2line \"$@\"").toString());
        WhereProgram one = where();
        WhereProgram two = WhereProgram.run(WhereProgram.build(directory, "-O1", "-fno-optimize-sibling-calls"));
        List<CallSite> sites =
                List.of(one.site("plain"), one.site("last"), two.site("plain"), two.site("inlined"), one.site("plain"));

        Map<CallSite, CallSite> first = counting.resolve(sites);
        Map<CallSite, CallSite> second = counting.resolve(sites);

        assertThat(second).isEqualTo(first);
        assertThat(first.values()).extracting(CallSite::line).doesNotContainNull();
        assertThat(Files.readAllLines(log)).hasSize(2);
    }

    @Test
    void asksAgainWhenTheFileWasReplaced() throws Exception {
        WhereProgram program = where();
        CallSite site = program.site("plain");
        assertThat(resolve(site).line()).isNotNull();
        Path stripped = WhereProgram.build(directory, "-s");

        Files.move(stripped, program.executable(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(resolve(site)).isEqualTo(site);
    }

    @Test
    void leavesAllUnresolvedWithoutAddr2line() throws Exception {
        Symbolizer lacking = new Symbolizer(directory.resolve("no-addr2line").toString());
        CallSite site = where().site("plain");

        assertThat(lacking.resolve(Set.of(site))).isEqualTo(Map.of(site, site));
        assertThat(lacking.notes()).singleElement().asString().contains("needed to name the source lines of calls");
    }

    @Test
    void doesNotTrustAnswersThatDoNotAddUp() throws Exception {
        Symbolizer lying = new Symbolizer(script("printf 'a\\nb\\nc\\n'").toString());
        CallSite site = where().site("plain");

        assertThat(lying.resolve(Set.of(site))).isEqualTo(Map.of(site, site));
        assertThat(lying.notes()).singleElement().asString().contains("addr2line could not name the calls");
    }

    @Test
    void listsSymbolsWithAddressSizeAndKind() throws Exception {
        Path program = build("symbols.c", """
                static char local_bss[4321];
                char global_bss[77];
                const int constant = 3;
                extern int odd __asm__("\\"odd name\\"");
                int odd = 4;
                int main(void) { return local_bss[0] + global_bss[0] + constant + odd; }
                """);

        assertThat(Symbolizer.symbol(program, "local_bss")).hasValueSatisfying(symbol -> {
            assertThat(symbol.size()).isEqualTo(4321);
            assertThat(symbol.type()).isEqualTo('b');
            assertThat(symbol.isCode()).isFalse();
        });
        assertThat(Symbolizer.symbol(program, "global_bss")).hasValueSatisfying(symbol -> {
            assertThat(symbol.size()).isEqualTo(77);
            assertThat(symbol.type()).isEqualTo('B');
            assertThat(symbol.contains(symbol.address() + 76)).isTrue();
            assertThat(symbol.contains(symbol.address() + 77)).isFalse();
        });
        assertThat(Symbolizer.symbol(program, "constant").orElseThrow().type()).isEqualTo('R');
        assertThat(Symbolizer.symbol(program, "odd name").orElseThrow().type()).isEqualTo('D');
        assertThat(Symbolizer.symbol(program, "main").orElseThrow().isCode()).isTrue();
        assertThat(Symbolizer.symbol(program, "nowhere")).isEmpty();
    }

    @Test
    void saysWhenSymbolsCannotBeListed() {
        assertThatThrownBy(() -> Symbolizer.symbols(directory.resolve("gone")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("nm could not list the symbols", "gone");
    }

    private CallSite resolve(CallSite site) throws InterruptedException {
        return symbolizer.resolve(List.of(site)).get(site);
    }

    private WhereProgram where() throws IOException, InterruptedException {
        return WhereProgram.run(WhereProgram.build(directory));
    }

    private static CallSite site(Path module, long offset) {
        return new CallSite(0x7000_0000L + offset, module.toString(), offset, null, null, null);
    }

    private Path build(String name, String text, String... flags) throws IOException, InterruptedException {
        BuildRequest request =
                BuildRequest.of(Files.writeString(directory.resolve(name), text), directory.resolve("out"));
        for (String flag : flags) {
            request = request.flag(flag);
        }
        return CCompiler.find().build(request).executable();
    }

    private Path script(String body) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("tool.sh"), "#!/bin/sh\n" + body + "\n");
        assertThat(Tool.run(List.of("chmod", "+x", file.toString())).succeeded())
                .isTrue();
        return file;
    }
}
