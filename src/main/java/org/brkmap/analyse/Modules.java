package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.ProcessLayout;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ELF files loaded into an address space: the program by its entry point, the loader by AT_BASE, libraries by
 * segments that lie as their headers ask. Remembers headers by path. Not thread-safe.
 */
final class Modules {
    private final Elf.Source source;
    private final long pageSize;
    private final Map<String, Optional<Elf>> headers = new HashMap<>();

    Modules(Elf.Source source, int pageSize) {
        this.source = source;
        this.pageSize = pageSize;
    }

    List<Module> find(Collection<Area> areas, @Nullable ProcessLayout layout) {
        Map<List<Long>, List<Area>> byFile = new LinkedHashMap<>();
        for (Area area : areas) {
            Backing file = area.backing();
            if (file.isFile() && file.inode() != 0 && !area.permissions().shared()) {
                byFile.computeIfAbsent(
                                List.of((long) file.major(), (long) file.minor(), file.inode()),
                                key -> new ArrayList<>())
                        .add(area);
            }
        }
        List<Module> found = new ArrayList<>();
        byFile.values().forEach(rows -> addModules(found, rows, layout));
        return found;
    }

    private void addModules(List<Module> found, List<Area> rows, @Nullable ProcessLayout layout) {
        Backing file = rows.get(0).backing();
        if (rows.stream().noneMatch(row -> row.permissions().execute())) {
            return;
        }
        Elf elf = headers.computeIfAbsent(file.name(), source::read).orElse(null);
        Long entry = layout == null ? null : layout.entry();
        Long base = layout == null ? null : layout.loaderBase();
        Predicate<Long> mapped =
                address -> rows.stream().anyMatch(row -> row.range().contains(address));
        if (entry != null && mapped.test(entry)) {
            found.add(module(Module.Kind.PROGRAM, rows, elf, elf == null ? 0 : entry - elf.entry()));
            return;
        }
        if (base != null && base != 0 && mapped.test(base)) {
            long first = elf == null ? 0 : down(elf.loads().get(0).address());
            found.add(module(Module.Kind.LOADER, rows, elf, base - first));
            return;
        }
        Module.Kind kind = Tagger.isProbe(file.name()) ? Module.Kind.PROBE : Module.Kind.LIBRARY;
        List<Area> rest = new ArrayList<>(rows);
        while (elf != null && rest.stream().anyMatch(row -> row.permissions().execute())) {
            Module module = module(kind, rest, elf, likeliestBias(rest, elf));
            if (!rest.removeIf(row -> module.extent().contains(row.range()))) {
                return;
            }
            found.add(module);
        }
    }

    private Module module(Module.Kind kind, List<Area> rows, @Nullable Elf elf, long bias) {
        Backing file = rows.get(0).backing();
        if (elf != null) {
            long start = down(elf.loads().get(0).address()) + bias;
            long last = elf.loads().stream().mapToLong(Elf.Load::end).max().orElse(0);
            long end = down(last + pageSize - 1) + bias;
            if (Long.compareUnsigned(start, end) <= 0) {
                return new Module(kind, file, elf, bias, new AddressRange(start, end), pageSize);
            }
        }
        long end = rows.get(rows.size() - 1).range().end();
        return new Module(
                kind, file, null, 0, new AddressRange(rows.get(0).range().start(), end), pageSize);
    }

    /** The relocation that puts most rows where the headers want them. */
    private long likeliestBias(List<Area> rows, Elf elf) {
        Map<Long, Integer> votes = new LinkedHashMap<>();
        for (Area row : rows) {
            for (Elf.Load load : elf.loads()) {
                long into = row.backing().offset() - down(load.offset());
                if (into >= 0 && into < load.fileSize() + pageSize) {
                    votes.merge(row.range().start() - into - down(load.address()), 1, Integer::sum);
                }
            }
        }
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0L);
    }

    private long down(long address) {
        return address & -pageSize;
    }
}
