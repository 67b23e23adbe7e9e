package org.brkmap.analyse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.brkmap.model.Backing;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Permissions;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.jspecify.annotations.Nullable;

/** Gives roles to an address space of which only one moment is known, with no history to tell more. */
final class LoneSnapshot {
    private static final Pattern LOADER = Pattern.compile("(ld-[^/]*\\.so(\\.\\d+)?|ld-\\d[^/]*\\.so|ld-musl-[^/]*)");

    private static final Pattern LIBRARY = Pattern.compile("/.*\\.so(\\.[0-9]+)*");

    private LoneSnapshot() {}

    /** Of a process of this machine: its files can be read, and stacks are known by the threads' stack pointers. */
    static Snapshot ofProcess(Snapshot snapshot, int pageSize) {
        Snapshot classified = classify(snapshot, Replaced.in(List.of(snapshot)).headers(Elf::read), pageSize);
        return classified.withMappings(withGuards(classified.mappings()));
    }

    /** Of a listing from anywhere: files of the same names here say nothing about it. */
    static List<Mapping> ofListing(List<Mapping> mappings, int pageSize) {
        Snapshot snapshot =
                new Snapshot(0, 0, CheckpointKind.PAUSE, "", 0, 0, List.of(), mappings, guessedLayout(mappings), null);
        return withZeros(withLibraries(
                classify(snapshot, path -> Optional.empty(), pageSize).mappings()));
    }

    private static Snapshot classify(Snapshot snapshot, Elf.Source elves, int pageSize) {
        AddressSpace space = new AddressSpace(pageSize);
        Resync.start(space, snapshot);
        List<Module> modules = new Modules(elves, pageSize).find(space.areas(), snapshot.layout());
        return Roles.of(snapshot, space, modules).snapshot();
    }

    /** What lies right below a thread's stack and may not be touched guards it. */
    private static List<Mapping> withGuards(List<Mapping> mappings) {
        List<Mapping> told = new ArrayList<>(mappings);
        for (int i = 1; i < told.size(); i++) {
            Mapping below = told.get(i - 1);
            boolean stack = told.get(i).role() == Role.THREAD_STACK && touches(below, told.get(i));
            if (stack && below.role() == Role.ANONYMOUS && below.permissions().none()) {
                told.set(i - 1, below.withRole(Role.STACK_GUARD));
            }
        }
        return told;
    }

    /** The program by its heap, which the kernel puts above it; without a heap, the lowest file that can be executed. */
    private static @Nullable ProcessLayout guessedLayout(List<Mapping> mappings) {
        Mapping program = null;
        Mapping text = null;
        Mapping loader = null;
        for (Mapping mapping : mappings) {
            Backing backing = mapping.backing();
            boolean code = backing.isFile() && mapping.permissions().execute();
            if (backing.isLabelled("[heap]") && text != null) {
                program = text;
            }
            text = code ? mapping : text;
            program = program == null && code ? mapping : program;
            String name = backing.name().substring(backing.name().lastIndexOf('/') + 1);
            loader = loader == null && backing.isFile() && LOADER.matcher(name).matches() ? mapping : loader;
        }
        if (program == null) {
            return null;
        }
        return new ProcessLayout(
                program.backing().name(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                program.range().start(),
                loader == null ? null : loader.range().start(),
                null);
    }

    /** Files are libraries if they can be executed, or are called so; and read-only parts may be what relocation wrote to. */
    private static List<Mapping> withLibraries(List<Mapping> mappings) {
        Set<String> code = new HashSet<>();
        for (Mapping mapping : mappings) {
            String name = mapping.backing().name();
            boolean library = LIBRARY.matcher(name).matches();
            if (mapping.backing().isFile() && (mapping.permissions().execute() || library)) {
                code.add(name);
            }
        }
        List<Mapping> told = new ArrayList<>();
        for (int i = 0; i < mappings.size(); i++) {
            Mapping mapping = mappings.get(i);
            Mapping above = i + 1 < mappings.size() ? mappings.get(i + 1) : null;
            told.add(mapping.withRole(roleInListing(mapping, above, code)));
        }
        return told;
    }

    private static Role roleInListing(Mapping mapping, @Nullable Mapping above, Set<String> code) {
        Permissions permissions = mapping.permissions();
        Role role = mapping.role();
        boolean codeFile = code.contains(mapping.backing().name()) && !permissions.shared() && !permissions.none();
        boolean relro = above != null && isRelro(mapping, above);
        if (role == Role.PROGRAM_RODATA || role == Role.PROGRAM_HEADERS) {
            return relro ? Role.PROGRAM_RELRO : role;
        }
        if (role != Role.FILE || !codeFile) {
            return role;
        }
        String name = mapping.backing().name();
        if (LOADER.matcher(name.substring(name.lastIndexOf('/') + 1)).matches()) {
            return Role.LOADER;
        }
        if (permissions.execute()) {
            return Role.LIBRARY_TEXT;
        }
        if (permissions.write()) {
            return Role.LIBRARY_DATA;
        }
        return relro
                ? Role.LIBRARY_RELRO
                : mapping.backing().offset() == 0 ? Role.LIBRARY_HEADERS : Role.LIBRARY_RODATA;
    }

    /** Read-only, and loaded with the writable part above it: both lie equally far from their offsets in the file. */
    private static boolean isRelro(Mapping mapping, Mapping above) {
        long shift = mapping.range().start() - mapping.backing().offset();
        return !mapping.permissions().write()
                && !mapping.permissions().execute()
                && above.permissions().write()
                && touches(mapping, above)
                && mapping.backing().sameFile(above.backing())
                && mapping.backing().offset() != 0
                && above.range().start() - above.backing().offset() == shift;
    }

    /** Anonymous memory right above a file's writable part holds its zeros, as far as a listing can tell. */
    private static List<Mapping> withZeros(List<Mapping> mappings) {
        List<Mapping> told = new ArrayList<>();
        for (Mapping mapping : mappings) {
            Mapping below = told.isEmpty() ? null : told.get(told.size() - 1);
            Role role = below == null || !touches(below, mapping) || mapping.role() != Role.ANONYMOUS
                    ? null
                    : zeros(below.role());
            boolean writable = mapping.permissions().write()
                    && below != null
                    && below.permissions().write();
            told.add(role == null || !writable ? mapping : mapping.withRole(role));
        }
        return told;
    }

    private static @Nullable Role zeros(Role below) {
        return switch (below) {
            case PROGRAM_DATA -> Role.PROGRAM_BSS;
            case LIBRARY_DATA -> Role.LIBRARY_BSS;
            case LOADER -> Role.LOADER;
            default -> null;
        };
    }

    private static boolean touches(Mapping below, Mapping above) {
        return below.range().end() == above.range().start();
    }
}
