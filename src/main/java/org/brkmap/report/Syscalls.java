package org.brkmap.report;

import java.util.StringJoiner;
import org.brkmap.model.AddressRange;
import org.brkmap.model.MemoryEvent;

/** Writes a system call the way strace(1) does, for the few calls that matter here. */
final class Syscalls {
    private static final long MAP_SHARED_OR_PRIVATE = 0x3;
    private static final long MAP_FIXED = 0x10;
    private static final long MAP_ANONYMOUS = 0x20;

    private Syscalls() {}

    static String call(MemoryEvent event) {
        if (event.args().size() < 6) {
            return event.call() + "(" + raw(event) + ")";
        }
        return event.call() + "("
                + switch (event.call()) {
                    case "brk" -> pointer(event.arg(0));
                    case "munmap" -> pointer(event.arg(0)) + ", " + event.arg(1);
                    case "mmap" ->
                        pointer(event.arg(0)) + ", " + event.arg(1) + ", " + protection(event.arg(2)) + ", "
                                + mapFlags(event.arg(3))
                                + ((event.arg(3) & MAP_ANONYMOUS) != 0
                                        ? ""
                                        : ", fd " + (int) event.arg(4) + ", " + AddressRange.hex(event.arg(5)));
                    case "mprotect", "pkey_mprotect" ->
                        pointer(event.arg(0)) + ", " + event.arg(1) + ", " + protection(event.arg(2));
                    case "mremap" ->
                        pointer(event.arg(0)) + ", " + event.arg(1) + ", " + event.arg(2) + ", "
                                + AddressRange.hex(event.arg(3));
                    case "madvise" -> pointer(event.arg(0)) + ", " + event.arg(1) + ", " + event.arg(2);
                    case "exit", "exit_group" -> Integer.toString((int) event.arg(0));
                    default -> raw(event);
                }
                + ")";
    }

    static String result(MemoryEvent event) {
        Integer errno = event.errno();
        if (errno != null) {
            return "error " + errno;
        }
        return switch (event.call()) {
            case "brk", "mmap", "mremap", "shmat" -> AddressRange.hex(event.result());
            default -> Long.toString(event.result());
        };
    }

    private static String raw(MemoryEvent event) {
        StringJoiner args = new StringJoiner(", ");
        event.args().forEach(arg -> args.add(AddressRange.hex(arg)));
        return args.toString();
    }

    private static String pointer(long address) {
        return address == 0 ? "NULL" : AddressRange.hex(address);
    }

    private static String protection(long bits) {
        return ((bits & 1) != 0 ? "r" : "-") + ((bits & 2) != 0 ? "w" : "-") + ((bits & 4) != 0 ? "x" : "-");
    }

    private static String mapFlags(long flags) {
        String text = (flags & MAP_SHARED_OR_PRIVATE) == 2 ? "private" : "shared";
        text += (flags & MAP_ANONYMOUS) != 0 ? " anonymous" : "";
        return text + ((flags & MAP_FIXED) != 0 ? " fixed" : "");
    }
}
