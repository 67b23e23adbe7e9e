package org.brkmap.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.brkmap.model.CallSite;
import org.jspecify.annotations.Nullable;

/**
 * Turns the return addresses of calls into function, source file and line, with one run of addr2line(1) a module. Of inlined
 * functions the innermost is named: the line where the call is written. A library without symbols of its own is asked only for
 * the exported function that the address lies within. What cannot be resolved stays as it was. Answers are kept for the life of
 * the object; thread-safe.
 */
public final class Symbolizer {
    private final String addr2line;
    private final Map<Path, ElfModule> modules = new LinkedHashMap<>();
    private final Set<String> notes = new TreeSet<>();

    public Symbolizer() {
        this("addr2line");
    }

    Symbolizer(String addr2line) {
        this.addr2line = addr2line;
    }

    /**
     * Resolves call sites that carry a module and an offset.
     *
     * @return each site given, with what could be found about it
     * @throws InterruptedException if this thread was interrupted
     */
    public synchronized Map<CallSite, CallSite> resolve(Collection<CallSite> sites) throws InterruptedException {
        Map<Path, Set<Long>> wanted = new LinkedHashMap<>();
        for (CallSite site : sites) {
            Path file = file(site);
            Long offset = site.offset();
            if (file != null && offset != null && offset > 0) {
                wanted.computeIfAbsent(file, unused -> new LinkedHashSet<>()).add(offset - 1);
            }
        }
        for (Map.Entry<Path, Set<Long>> module : wanted.entrySet()) {
            resolve(module.getKey(), module.getValue());
        }
        Map<CallSite, CallSite> resolved = new LinkedHashMap<>();
        sites.forEach(site -> resolved.put(site, resolved(site)));
        return resolved;
    }

    /** Why some places could not be resolved, one sentence each, such as a missing addr2line. */
    public synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * The symbols that a file defines, in no order; of a stripped file, those it exports.
     *
     * @throws IOException if nm is missing or cannot read the file
     */
    public static List<Symbol> symbols(Path file) throws IOException, InterruptedException {
        List<Symbol> symbols = SymbolTable.read(file, false);
        return symbols.isEmpty() ? SymbolTable.read(file, true) : symbols;
    }

    /** The symbol of this name, a global one before a local one. */
    public static Optional<Symbol> symbol(Path file, String name) throws IOException, InterruptedException {
        List<Symbol> named = symbols(file).stream()
                .filter(symbol -> symbol.name().equals(name))
                .toList();
        return named.stream()
                .filter(symbol -> Character.isUpperCase(symbol.type()))
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    private void resolve(Path file, Set<Long> offsets) throws InterruptedException {
        ElfModule module = modules.get(file);
        try {
            Object version = ElfModule.version(file);
            if (module == null || !module.isOf(version)) {
                module = new ElfModule(addr2line, file, version, ElfFile.read(file));
                modules.put(file, module);
            }
            module.resolve(offsets);
        } catch (IOException e) {
            notes.add(String.valueOf(e.getMessage()));
        }
    }

    private CallSite resolved(CallSite site) {
        Path file = file(site);
        Long offset = site.offset();
        ElfModule module = file == null ? null : modules.get(file);
        return module == null || offset == null ? site : module.name(site, offset - 1);
    }

    /** The kernel writes a newline in a name as {@code \012}, and so a name that holds these characters is in doubt. */
    private static @Nullable Path file(CallSite site) {
        String name = site.module();
        if (name == null || !name.startsWith("/") || name.indexOf('\0') >= 0) {
            return null;
        }
        try {
            Path file = Path.of(name);
            return Files.exists(file) ? file : Path.of(name.replace("\\012", "\n"));
        } catch (InvalidPathException e) {
            return null; // this JVM's locale has no bytes for its letters
        }
    }
}
