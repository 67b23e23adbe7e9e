package org.brkmap.analyse;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.brkmap.elf.FileIdentity;
import org.brkmap.model.Backing;
import org.brkmap.model.CallSite;
import org.brkmap.model.Mapping;
import org.brkmap.model.Snapshot;

/** The files of a run in whose places others are by now: what those say of segments and lines does not hold for the run. */
final class Replaced {
    private final Set<String> paths;

    private Replaced(Set<String> paths) {
        this.paths = paths;
    }

    static Replaced in(List<Snapshot> snapshots) {
        record File(String name, int major, int minor, long inode) {}
        Set<File> files = new HashSet<>();
        for (Snapshot snapshot : snapshots) {
            for (Mapping mapping : snapshot.mappings()) {
                Backing file = mapping.backing();
                if (file.isFile() && file.inode() != 0) {
                    files.add(new File(file.name(), file.major(), file.minor(), file.inode()));
                }
            }
        }
        return new Replaced(files.stream()
                .filter(file -> Elf.path(file.name)
                        .filter(path -> FileIdentity.isReplaced(path, file.major, file.minor, file.inode))
                        .isPresent())
                .map(File::name)
                .collect(Collectors.toSet()));
    }

    Elf.Source headers(Elf.Source elves) {
        return path -> paths.contains(path) ? Optional.empty() : elves.read(path);
    }

    Symbols symbols(Symbols symbols) {
        return sites -> {
            List<CallSite> same = sites.stream()
                    .filter(site -> !paths.contains(site.module()))
                    .toList();
            return same.isEmpty() ? Map.of() : symbols.resolve(same);
        };
    }
}
