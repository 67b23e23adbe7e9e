package org.brkmap.analyse;

import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Role;
import org.jspecify.annotations.Nullable;

/** Says what each area of an address space is for. Of one moment; not thread-safe. */
final class Classifier {
    private final AddressSpace space;
    private final List<Module> modules;

    Classifier(AddressSpace space, List<Module> modules) {
        this.space = space;
        this.modules = modules;
    }

    /** Cuts areas where one purpose ends and another begins inside one row, as where .bss touches the heap. */
    void cut() {
        AddressRange heap = heap();
        if (heap != null) {
            space.cut(heap.start());
            space.cut(heap.end());
        }
        for (Module module : modules) {
            Elf elf = module.elf();
            if (elf != null) {
                for (Elf.Load load : elf.loads()) {
                    space.cut(module.bss(load).start());
                    space.cut(module.bss(load).end());
                }
            }
        }
    }

    Role roleOf(Area area) {
        Role labelled = byLabel(area.backing());
        if (labelled != null) {
            return labelled;
        }
        Role tag = area.tag();
        if (tag != null) {
            return tag == Role.THREAD_STACK && area.permissions().none() ? Role.STACK_GUARD : tag;
        }
        return area.isAnonymous() ? ofAnonymous(area) : ofFile(area);
    }

    private static @Nullable Role byLabel(Backing backing) {
        if (backing.inode() != 0) {
            return null;
        }
        return switch (backing.name()) {
            case "[vvar]", "[vvar_vclock]" -> Role.VVAR;
            case "[vdso]" -> Role.VDSO;
            case "[vsyscall]" -> Role.VSYSCALL;
            case "[stack]" -> Role.STACK;
            default -> null;
        };
    }

    private Role ofAnonymous(Area area) {
        for (Module module : modules) {
            Elf elf = module.elf();
            if (elf != null && module.extent().contains(area.range())) {
                for (Elf.Load load : elf.loads()) {
                    if (module.bss(load).contains(area.range())) {
                        return module.bssRole();
                    }
                }
            }
        }
        AddressRange heap = heap();
        if (heap != null ? heap.contains(area.range()) : area.backing().isLabelled("[heap]")) {
            return Role.HEAP;
        }
        return isKernelLabel(area.backing().name())
                ? Role.OTHER
                : area.permissions().shared() ? Role.SHARED : Role.ANONYMOUS;
    }

    /** A label in brackets that stands for none of ours; names given by prctl(2) begin with [anon. */
    private static boolean isKernelLabel(String name) {
        return name.startsWith("[") && !name.startsWith("[anon") && !name.equals("[heap]");
    }

    private Role ofFile(Area area) {
        if (Tagger.isProbe(area.backing().name())) {
            return Role.PROBE;
        }
        for (Module module : modules) {
            if (module.holds(area)) {
                return module.roleOf(area);
            }
        }
        return ofPlainFile(area.backing(), area.permissions().shared());
    }

    /** Without a module to ask: memory that only looks like a file, or a file. */
    static Role ofPlainFile(Backing backing, boolean shared) {
        String name = backing.name();
        if (!shared && (name.equals("/dev/zero") || name.equals("/anon_hugepage (deleted)"))) {
            return Role.ANONYMOUS;
        }
        boolean nameless = backing.major() == 0
                && (name.equals("/dev/zero (deleted)")
                        || name.equals("/anon_hugepage (deleted)")
                        || name.startsWith("/SYSV")
                        || name.startsWith("/memfd:"));
        return shared && (nameless || name.equals("/dev/zero") || name.startsWith("/dev/shm/"))
                ? Role.SHARED
                : Role.FILE;
    }

    private @Nullable AddressRange heap() {
        Long start = space.startBrk;
        Long end = space.brk;
        if (start == null || end == null || Long.compareUnsigned(end, start) <= 0) {
            return null;
        }
        return new AddressRange(start, space.roundUp(end));
    }
}
