package org.brkmap.observe;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.brkmap.observe.SystemCall.Kind;
import org.brkmap.procfs.CurrentCall;
import org.brkmap.procfs.IoCounts;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;
import org.jspecify.annotations.Nullable;

/**
 * Tells from outside whether a sleeping thread waits for its terminal. That alone is not enough: a thread that was given a key
 * still looks asleep until it gets a processor. So a wait counts only if nothing typed is left to be read, and if its process
 * has read something since the last answer.
 */
final class TerminalWatch {
    /** A terminal's reader sleeps in the first since Linux 3.19, and in the others where the kernel tells the caller instead. */
    private static final Set<String> READING = Set.of("wait_woken", "n_tty_read", "tty_read");

    private static final Set<String> HARMLESS = Set.of("/dev/null", "/dev/zero", "/dev/full", "/dev/tty");

    private final ProcFs proc;
    private final Terminal terminal;
    private final Waits waits;
    private Sight sight;
    private int answered;
    private long charactersThen;
    private long callsThen;

    TerminalWatch(ProcFs proc, Terminal terminal, Waits waits, Sight best) {
        this.proc = proc;
        this.terminal = terminal;
        this.waits = waits;
        this.sight = best;
    }

    /** What it sees by: less than at first, once it met a refusal. */
    Sight sight() {
        return sight;
    }

    /** The kind of wait for a key that the thread sleeps in and that nobody has answered, or null. */
    @Nullable Kind waitOf(Task task) {
        try {
            if (proc.stat(task.tid).state() != 'S') {
                return null;
            }
            Kind kind = sight == Sight.CALLS ? byCall(task) : sight == Sight.CHANNELS ? byChannel(task) : null;
            return kind != null && !terminal.hasInput() && hasReadSince(task) ? kind : null;
        } catch (ProcException e) {
            if (e.kind() == ProcException.Kind.DENIED || e.kind() == ProcException.Kind.UNAVAILABLE) {
                sight = sight == Sight.CALLS ? Sight.CHANNELS : Sight.NOTHING;
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable Kind byCall(Task task) throws IOException {
        CurrentCall now = proc.syscall(task.pid, task.tid);
        Long number = now.number();
        SystemCall call = number == null ? null : SystemCall.of(number);
        if (call == null || now.arguments().isEmpty()) {
            return null;
        }
        return waits.forTerminal(call, task, index -> now.arguments().get(index)) ? call.kind() : null;
    }

    /** The kernel's function has other users than terminals, so nothing else that could sleep in it may be open. */
    private @Nullable Kind byChannel(Task task) throws IOException {
        if (proc.wchan(task.pid, task.tid).filter(READING::contains).isEmpty()) {
            return null;
        }
        boolean hasTerminal = false;
        for (int descriptor : proc.descriptors(task.pid)) {
            String target = proc.fileBehind(task.pid, descriptor).orElse("");
            boolean own = target.equals(terminal.slaveName());
            boolean file = target.startsWith("/") && !target.startsWith("/dev/");
            if (!own && !file && !HARMLESS.contains(target) && !target.startsWith("pipe:")) {
                return null;
            }
            hasTerminal |= own || target.equals("/dev/tty");
        }
        return hasTerminal ? Kind.READ : null;
    }

    private boolean hasReadSince(Task task) throws IOException {
        if (task.pid != answered) {
            return true;
        }
        IoCounts now = proc.io(task.pid);
        return now.readCharacters() != charactersThen || now.readCalls() != callsThen;
    }

    /** The thread's wait is about to be answered. */
    void answering(Task task) throws IOException {
        IoCounts now = proc.io(task.pid);
        answered = task.pid;
        charactersThen = now.readCharacters();
        callsThen = now.readCalls();
    }

    /** The threads' counts of context switches, by which {@link #stood} knows whether any of them has run since. */
    List<Long> look(List<Task> tasks) {
        return tasks.stream().map(this::switches).toList();
    }

    /** Whether all of them slept from that look until now. */
    boolean stood(List<Task> tasks, List<Long> before) {
        return !before.contains(-1L) && look(tasks).equals(before);
    }

    private long switches(Task task) {
        try {
            char state = proc.stat(task.tid).state();
            return state == 'R' || state == 'D' ? -1 : proc.switches(task.pid, task.tid);
        } catch (IOException e) {
            return -1;
        }
    }
}
