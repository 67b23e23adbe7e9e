package org.brkmap.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.model.CallSite;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;
import org.jspecify.annotations.Nullable;

/** One ELF file whose places are asked for, and the answers so far. Not thread-safe. */
final class ElfModule {
    private static final Duration WALL_LIMIT = Duration.ofSeconds(20);
    private static final Pattern LINE = Pattern.compile("(?<file>.+):(?<line>\\d{1,9})(?: \\(discriminator \\d+\\))?");

    /** What is known of a place; nulls where nothing is. */
    private record Place(
            @Nullable String function,
            @Nullable String file,
            @Nullable Integer line) {
        static final Place UNKNOWN = new Place(null, null, null);
    }

    /** What tells one content of a path from another. */
    private record Version(@Nullable Object key, long size, Object modified) {}

    private final String addr2line;
    private final Path file;
    private final Object version;
    private final ElfFile elf;
    private final Map<Long, Place> places = new HashMap<>();

    ElfModule(String addr2line, Path file, Object version, ElfFile elf) {
        this.addr2line = addr2line;
        this.file = file;
        this.version = version;
        this.elf = elf;
    }

    static Object version(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new ElfException(file, "there is no such file");
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }

    boolean isOf(Object otherVersion) {
        return version.equals(otherVersion);
    }

    /** The site with what is known of the byte at this offset. */
    CallSite name(CallSite site, long offset) {
        Place place = places.getOrDefault(offset, Place.UNKNOWN);
        return place.equals(Place.UNKNOWN)
                ? site
                : new CallSite(
                        site.address(), site.module(), site.offset(), place.function(), place.file(), place.line());
    }

    void resolve(Collection<Long> offsets) throws IOException, InterruptedException {
        Map<Long, Long> addresses = new HashMap<>();
        for (Long offset : offsets) {
            OptionalLong address = elf.addressOf(offset);
            if (!places.containsKey(offset) && address.isPresent()) {
                addresses.put(offset, address.getAsLong());
            }
        }
        if (addresses.isEmpty()) {
            return;
        }
        if (elf.section(".symtab").isPresent() || elf.section(".debug_info").isPresent()) {
            askDebugInformation(addresses);
        } else {
            askExports(addresses);
        }
    }

    private void askDebugInformation(Map<Long, Long> addresses) throws IOException, InterruptedException {
        List<Long> offsets = List.copyOf(addresses.keySet());
        StringBuilder questions = new StringBuilder();
        offsets.forEach(offset -> questions
                .append(Long.toHexString(addresses.getOrDefault(offset, 0L)))
                .append('\n'));
        ToolResult result = Tool.of(addr2line, "-f", "-C", "-e", file.toString())
                .neededFor("to name the source lines of calls")
                .stdin(questions.toString())
                .wallLimit(WALL_LIMIT)
                .run();
        List<String> answers = new ArrayList<>(result.stdout().lines().toList());
        if (!result.succeeded() || answers.size() != 2 * offsets.size()) {
            throw new IOException("addr2line could not name the calls in " + file + ": "
                    + (result.timedOut() ? "it took too long" : result.stderr().strip()));
        }
        for (int i = 0; i < offsets.size(); i++) {
            places.put(offsets.get(i), place(answers.get(2 * i), answers.get(2 * i + 1)));
        }
    }

    private static Place place(String function, String location) {
        Matcher line = LINE.matcher(location);
        boolean known = line.matches()
                && !line.group("file").equals("??")
                && !line.group("line").equals("0");
        return new Place(
                function.equals("??") ? null : function,
                known ? line.group("file") : null,
                known ? Integer.valueOf(line.group("line")) : null);
    }

    /** Only a function whose extent holds the address: the nearest export below it is most often another one. */
    private void askExports(Map<Long, Long> addresses) throws IOException, InterruptedException {
        List<Symbol> exports =
                SymbolTable.read(file, true).stream().filter(Symbol::isCode).toList();
        addresses.forEach((offset, address) -> places.put(
                offset,
                exports.stream()
                        .filter(symbol -> symbol.contains(address))
                        .findFirst()
                        .map(symbol -> new Place(symbol.name().replaceFirst("@.*", ""), null, null))
                        .orElse(Place.UNKNOWN)));
    }
}
