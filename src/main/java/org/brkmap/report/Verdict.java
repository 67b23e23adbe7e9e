package org.brkmap.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Ending;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Role;
import org.brkmap.model.Totals;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/** States what a step showed, in sentences. */
final class Verdict {
    private static final String[] NUMBERS = {
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"
    };
    private static final int MOST_KINDS_OF_CALL = 3;
    /** clone(2): the new task is a thread of this process. */
    private static final long CLONE_THREAD = 0x10000;

    private static final String THE_PROGRAM = "The program";

    private Verdict() {}

    /** The finding: {@code Ten malloc(32 KiB) moved the program break 3 times; no mapping was added.} */
    static String headline(Step step) {
        List<String> allocator = deeds(step, Verdict::isByAllocator);
        List<String> program = deeds(step, event -> !isByAllocator(event));
        if (!allocator.isEmpty()) {
            String also = program.isEmpty() ? "" : "; the program " + joined(program);
            return subject(step) + " " + joined(allocator) + also + "; " + mappings(step) + ".";
        }
        if (!program.isEmpty()) {
            return THE_PROGRAM + " " + joined(program) + "; " + mappings(step) + ".";
        }
        String touched = touched(step);
        if (touched != null || step.isStructural()) {
            return THE_PROGRAM + " " + (touched != null ? touched : "made no memory call that was seen") + "; "
                    + mappings(step) + ".";
        }
        return subject(step) + " left the address space as it was" + pages(step) + ".";
    }

    /** How much of it is in memory: {@code Address space +200 KiB, of which resident +40 KiB.} */
    static String memory(Step step) {
        Totals before = step.before().totals();
        Totals after = step.after().totals();
        return "Address space " + Sizes.delta(after.virtual() - before.virtual()) + ", resident "
                + Sizes.delta(Sizes.difference(before.resident(), after.resident())) + ", private dirty "
                + Sizes.delta(Sizes.difference(before.privateDirty(), after.privateDirty())) + ".";
    }

    /** How the program ended, where that needs saying. */
    static @Nullable String ending(Ending ending) {
        if (ending.isSuccess() || ending.isDetached()) {
            return null;
        }
        String detail = ending.detail() == null ? "" : " (" + ending.detail() + ")";
        String where = ending.where() == null ? "" : " at " + ending.where().describe();
        return "The program did not end well: " + ending.describe() + detail + where + ".";
    }

    /** How many changes nobody can explain, where there are any. */
    static @Nullable String unexplained(List<Step> steps) {
        long count = steps.stream()
                .flatMap(step -> step.changes().stream())
                .filter(change -> change.cause() == CauseKind.UNEXPLAINED)
                .count();
        return count == 0 ? null : Html.plural(count, "change is", "changes are") + " unexplained.";
    }

    /** The calls that had an effect; where none had one, all. */
    private static String subject(Step step) {
        Map<String, Long> calls = new LinkedHashMap<>();
        for (AllocatorCall call : step.calls()) {
            calls.merge(named(call.call()), 1L, Long::sum);
        }
        keep(calls, effective(step, Verdict::named));
        if (calls.isEmpty() || calls.size() > MOST_KINDS_OF_CALL) {
            calls = step.counted();
            keep(calls, effective(step, UserCall::operation));
        }
        if (calls.isEmpty()) {
            return THE_PROGRAM;
        }
        List<String> parts = new ArrayList<>();
        calls.forEach((call, count) -> parts.add((parts.isEmpty() ? word(count) : lower(word(count))) + " " + call));
        return joined(parts);
    }

    private static Set<String> effective(Step step, Function<UserCall, String> name) {
        return step.events().stream()
                .filter(MemoryEvent::succeeded)
                .map(MemoryEvent::cause)
                .filter(Objects::nonNull)
                .map(name)
                .collect(Collectors.toSet());
    }

    private static void keep(Map<String, Long> calls, Set<String> effective) {
        if (!Collections.disjoint(calls.keySet(), effective)) {
            calls.keySet().retainAll(effective);
        }
    }

    private static String named(UserCall call) {
        Long size = call.size();
        return call.operation() + (size == null ? "" : "(" + Sizes.argument(size) + ")");
    }

    private static boolean isByAllocator(MemoryEvent event) {
        UserCall cause = event.cause();
        return cause != null && Step.isCounted(cause.operation());
    }

    /** What these events did, each sort once. */
    private static List<String> deeds(Step step, Predicate<MemoryEvent> which) {
        List<MemoryEvent> events = step.events().stream()
                .filter(MemoryEvent::succeeded)
                .filter(which)
                .toList();
        List<String> parts = new ArrayList<>();
        long moves = count(
                events, event -> event.call().equals("brk") && event.arg(0) != 0 && event.arg(0) == event.result());
        if (moves > 0) {
            parts.add("moved the program break " + times(moves));
        }
        Map<String, Integer> others = new LinkedHashMap<>();
        for (MemoryEvent event : events) {
            if (isMapping(event.call())) {
                others.merge(event.call(), 1, Integer::sum);
            }
        }
        others.forEach((call, times) -> parts.add("called " + call + " " + times(times)));
        started(parts, count(events, Verdict::isThread), "thread", "threads");
        started(parts, count(events, event -> isClone(event.call()) && !isThread(event)), "process", "processes");
        return parts;
    }

    private static void started(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add("started " + lower(word(count)) + " " + (count == 1 ? one : many));
        }
    }

    private static boolean isClone(String call) {
        return call.equals("clone") || call.equals("fork") || call.equals("vfork");
    }

    private static boolean isThread(MemoryEvent event) {
        return event.call().equals("clone") && (event.arg(0) & CLONE_THREAD) != 0;
    }

    /** What grew because pages beyond its end were touched, as a stack does; null if nothing did. */
    private static @Nullable String touched(Step step) {
        Map<String, Long> grown = new LinkedHashMap<>();
        for (Change change : step.changes()) {
            if (change.kind() == ChangeKind.GREW && change.cause() == CauseKind.KERNEL) {
                grown.merge(change.role().title(), change.bytes(), Long::sum);
            }
        }
        if (grown.isEmpty()) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        grown.forEach((region, bytes) -> parts.add("the " + region + " by " + Sizes.compact(bytes)));
        return "grew " + joined(parts) + " by touching pages, with no system call";
    }

    private static boolean isMapping(String call) {
        return switch (call) {
            case "mmap", "munmap", "mremap", "mprotect", "shmat", "shmdt", "execve" -> true;
            default -> false;
        };
    }

    private static long count(List<MemoryEvent> events, Predicate<MemoryEvent> which) {
        return events.stream().filter(which).count();
    }

    /** What touching pages did to an address space that stayed as it was; empty where nothing, or where it is not known. */
    private static String pages(Step step) {
        Long difference = Sizes.difference(
                step.before().totals().resident(), step.after().totals().resident());
        return difference == null || difference == 0
                ? ""
                : "; " + Sizes.compact(Math.abs(difference)) + (difference > 0 ? " more" : " less")
                        + " of it is in memory";
    }

    private static String mappings(Step step) {
        List<String> parts = new ArrayList<>();
        describe(parts, step, ChangeKind.ADDED, "was added", "were added");
        describe(parts, step, ChangeKind.REMOVED, "was removed", "were removed");
        String grown = grown(step);
        if (parts.isEmpty()) {
            long lost = step.changes().stream()
                    .filter(change -> change.kind() == ChangeKind.SHRANK || change.kind() == ChangeKind.SPLIT)
                    .mapToLong(change -> -change.bytes())
                    .sum();
            return lost > 0
                            && step.after().totals().virtual()
                                    < step.before().totals().virtual()
                    ? Sizes.compact(lost) + " went back to the kernel"
                    : "no mapping was added" + (grown.isEmpty() ? "" : ", but " + grown);
        }
        if (!grown.isEmpty()) {
            parts.add(grown);
        }
        return String.join(", ", parts);
    }

    /** What new memory joined, where no row of its own shows it; a heap is known to grow. */
    private static String grown(Step step) {
        List<Change> grown = step.changes().stream()
                .filter(change -> change.kind() == ChangeKind.GREW)
                .filter(change -> change.role() != Role.HEAP && change.cause() != CauseKind.KERNEL)
                .toList();
        if (grown.isEmpty()) {
            return "";
        }
        long bytes = grown.stream().mapToLong(Change::bytes).sum();
        return lower(word(grown.size())) + " grew by " + Sizes.compact(bytes) + (grown.size() == 1 ? "" : " in all");
    }

    private static void describe(List<String> parts, Step step, ChangeKind kind, String one, String many) {
        List<Change> changes =
                step.changes().stream().filter(change -> change.kind() == kind).toList();
        if (!changes.isEmpty()) {
            long bytes = changes.stream()
                    .mapToLong(change -> Math.abs(change.bytes()))
                    .sum();
            parts.add(lower(word(changes.size())) + (changes.size() == 1 ? " mapping " : " mappings ") + "of "
                    + Sizes.compact(bytes) + (changes.size() == 1 ? " " + one : " in all " + many));
        }
    }

    static String word(long count) {
        return count >= 0 && count < NUMBERS.length ? NUMBERS[(int) count] : Sizes.grouped(count);
    }

    private static String times(long count) {
        return count == 1 ? "once" : count == 2 ? "twice" : Sizes.grouped(count) + " times";
    }

    private static String lower(String word) {
        return word.toLowerCase(java.util.Locale.ROOT);
    }

    private static String joined(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
}
